use maud::{Markup, html};

use super::{Ask, frame};

/// Something to agree to: one tick box whose label is what is declared.
pub(super) fn declaration(ask: &Ask<'_>) -> Markup {
    let field = ask.field();
    html! {
        div class=(ask.class("question declaration")) id={ "q-" (field) } data-key=(field) {
            (frame::around(ask))
            div class="choices" {
                input type="hidden" name=(field) value="";
                label class="choice" for=(field) {
                    input type="checkbox" id=(field) name=(field) value="yes" checked[ask.text() == "yes"]
                        aria-invalid=[ask.invalid()] aria-describedby=(ask.described_by());
                    span class="choice__text" { (frame::label(ask)) }
                }
            }
        }
    }
}
