use std::collections::BTreeMap;

use domain::journey::{Asked, Row};
use domain::question_button::QuestionButton;
use maud::{Markup, html};

use super::{Ask, contested, frame, questions};
use crate::edition::Edition;
use crate::filling::Filling;

/// The same questions once for each row, with buttons to add and remove rows. Without
/// JavaScript the buttons post the form; in the browser the island does the same at once.
pub(super) fn group(ask: &Ask<'_>, max: usize) -> Markup {
    let field = ask.field();
    let add = ask.edition().texts.fill("wizard.add", &[("what", &ask.wording().row)]);
    let controls = html! {
        div id={ (field) "-rows" } {
            @for (index, each) in ask.asked.rows.iter().enumerate() {
                (row(ask.filling, ask.asked, each, index + 1, ask.problems))
            }
        }
        p class="question__hint" id={ (field) "-unshown" } { (unshown(ask.edition(), ask.asked)) }
        button class="button button--secondary" name="go" id=(field) value=(QuestionButton::AddRow(field.to_owned()))
            hidden[ask.asked.rows.len() >= max] { (add) }
    };
    frame::with_legend(ask, "question group", controls)
}

/// Says how many rows are kept that are not shown; empty while all are.
pub fn unshown(edition: &Edition, group: &Asked<'static>) -> String {
    if group.unshown == 0 { String::new() } else { edition.texts.count("wizard.rows-unshown", group.unshown as u64) }
}

/// One row of a group; `number` counts from 1.
pub fn row(
    filling: &Filling<'_>,
    group: &Asked<'static>,
    row: &Row<'static>,
    number: usize,
    problems: &BTreeMap<&str, String>,
) -> Markup {
    let name = row.name(group);
    let (title, remove) = row_title(filling.edition, group, number);
    html! {
        section class="row" data-key=(row.id) aria-labelledby=(name) {
            h2 class="row__title" id=(name) tabindex="-1" { (title) }
            (contested::place(&name, contested::in_row(filling, &name)))
            div id={ (name) "-questions" } { (questions(filling, &row.asked, problems)) }
            button class="button button--quiet" name="go" value=(QuestionButton::RemoveRow(name.clone()))
                id={ (name) "-remove" } { (remove) }
        }
    }
}

/// What a row is called, and its button to take it out. Rows are numbered as they stand.
pub fn row_title(edition: &Edition, group: &Asked<'static>, number: usize) -> (String, String) {
    let title = format!("{} {number}", edition.question(&group.key).row);
    let remove = edition.texts.fill("wizard.remove", &[("what", &title)]);
    (title, remove)
}
