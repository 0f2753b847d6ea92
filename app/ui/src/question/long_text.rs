use maud::{Markup, html};

use super::{Ask, frame};
use crate::edition::Edition;

/// A question answered in several lines. It says how much room is left when it gets scarce.
pub(super) fn long_text(ask: &Ask<'_>, max: usize) -> Markup {
    let room = room_left(ask.edition(), ask.text(), max);
    let control = html! {
        // The HTML parser drops a line feed right after the tag, so one more is written.
        textarea class="input" rows="5" id=(ask.field()) name=(ask.field()) autocomplete="off"
            aria-invalid=[ask.invalid()] aria-describedby=(ask.described_by()) { "\n" (ask.text()) }
        p class="question__hint" id={ (ask.field()) "-room" } { (room) }
    };
    frame::with_label(ask, control)
}

/// How many characters are left, in words; empty while there is plenty of room.
pub fn room_left(edition: &Edition, text: &str, max: usize) -> String {
    let left = max.saturating_sub(text.chars().count());
    if left * 5 < max { edition.texts.count("wizard.room-left", left as u64) } else { String::new() }
}
