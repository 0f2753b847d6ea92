use leptos::prelude::*;

use super::{Ask, frame};

/// Something to agree to: one tick box whose label is what is declared.
pub(super) fn declaration(ask: Ask) -> AnyView {
    let problem = ask.problem();
    let field = ask.field().to_owned();
    view! {
        <div class="question" class:question--bad=move || problem.with(Option::is_some) id=format!("q-{field}")>
            {frame::around(&ask, problem)}
            <div class="choices">
                <input type="hidden" name=field.clone() value="" />
                <label class="choice" for=field.clone()>
                    <input
                        type="checkbox"
                        id=field.clone()
                        name=field.clone()
                        value="yes"
                        checked=ask.text() == "yes"
                        aria-invalid=frame::invalid(problem)
                        aria-describedby=frame::described_by(&ask, problem)
                    />
                    <span class="choice__text">{frame::label(&ask)}</span>
                </label>
            </div>
        </div>
    }
    .into_any()
}
