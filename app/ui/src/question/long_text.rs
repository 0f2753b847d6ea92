use leptos::prelude::*;

use super::{Ask, frame};

/// A question answered in several lines. It says how much room is left when it gets scarce.
pub(super) fn long_text(ask: Ask, max: usize) -> AnyView {
    let problem = ask.problem();
    let field = ask.field().to_owned();
    // The HTML parser drops a line feed right after the tag, so one more is written.
    let text = format!("\n{}", ask.text());
    let control = view! {
        <textarea
            class="input"
            rows="5"
            id=field.clone()
            name=field
            autocomplete="off"
            aria-invalid=frame::invalid(problem)
            aria-describedby=frame::described_by(&ask, problem)
        >
            {text}
        </textarea>
        {room_left(&ask, max)}
    };
    frame::with_label(&ask, problem, control.into_any())
}

fn room_left(ask: &Ask, max: usize) -> AnyView {
    let filling = ask.filling;
    let field = ask.field().to_owned();
    let left = Memo::new(move |_| {
        let length = filling.answers.with(|answers| answers.text(&field).chars().count());
        max.checked_sub(length).filter(|left| *left * 5 < max)
    });
    (move || {
        let left = left.get()?;
        let text = filling.edition.texts.count("wizard.room-left", left as u64);
        Some(view! { <p class="question__hint">{text}</p> })
    })
    .into_any()
}
