//! The report: for each mistake the file, line and column, a picture of the line, and what to do.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::mistake::{Mistake, Mistakes};

impl Mistakes {
    /// The report with colours for a terminal.
    pub fn coloured(&self) -> String {
        self.report(&Renderer::styled().decor_style(DecorStyle::Unicode))
    }

    fn report(&self, renderer: &Renderer) -> String {
        let mut report = String::new();
        for mistake in self.iter() {
            report += &renderer.render(&[self.group(mistake)]);
            report += "\n\n";
        }
        let files = self.iter().map(|mistake| &mistake.file).collect::<BTreeSet<_>>().len();
        report + &format!("{} in {}", counted(self.iter().len(), "mistake"), counted(files, "file"))
    }

    fn group<'m>(&'m self, mistake: &'m Mistake) -> Group<'m> {
        let title = Level::ERROR.primary_title(mistake.message.as_str());
        let help = Level::HELP.message(mistake.help.as_str());
        // A mistake at no place is about the file as a whole.
        let source = self.source(&mistake.file).filter(|_| mistake.span != (0..0));
        let Some(source) = source else {
            return title.element(Origin::path(mistake.file.as_str())).element(help);
        };
        let here = AnnotationKind::Primary.span(drawn(source, &mistake.span));
        let other = mistake
            .pointer
            .iter()
            .map(|pointer| AnnotationKind::Context.span(drawn(source, &pointer.span)).label(pointer.label.as_str()));
        let picture = Snippet::source(source).path(mistake.file.as_str()).annotation(here).annotations(other);
        title.element(picture).element(help)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report(&Renderer::plain()))
    }
}

/// `1 mistake`, `2 mistakes`.
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// The part of `span` to underline: at most to the end of its first line, since a whole table
/// drawn hides where it begins, and always between two characters of `source`.
fn drawn(source: &str, span: &Range<usize>) -> Range<usize> {
    let start = source.floor_char_boundary(span.start.min(source.len()));
    let line = source[start..].lines().next().unwrap_or("").trim_end();
    let end = span.end.clamp(start, start + line.len());
    start..source.ceil_char_boundary(end)
}
