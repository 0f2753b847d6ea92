//! What could not be saved, to be sent again.

use domain::answers::fits;
use i18n::Texts;
use leptos::prelude::*;
use maud::{Markup, html};

use crate::site::Site;

/// Why it could not be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// An answer is longer than a field may hold. The rest is saved.
    TooLong,
    /// The draft would hold more than it may. Nothing is saved.
    TooMuch,
    /// The store cannot be reached just now.
    Unreachable,
}

/// Holds everything that was posted to `action`, so that one button sends it again. What is too long
/// stands in a box, where it can be made shorter.
pub fn not_saved(site: &Site, action: &str, fields: &[(String, String)], why: WhyNot) -> AnyView {
    let t = site.texts;
    let why = match why {
        WhyNot::TooLong => "error.too-long",
        WhyNot::TooMuch => "error.too-much",
        WhyNot::Unreachable => "error.not-saved",
    };
    view! {
        <h1 tabindex="-1" autofocus=true>{t.get("error.not-saved-title")}</h1>
        <p class="lead">{t.get(why)}</p>
        <form method="post" action=action.to_owned()>
            <div class="stack" inner_html=carried(t, fields).0></div>
            <div class="buttons">
                <button class="button button--primary">{t.get("error.not-saved-button")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The fields, unchanged. Not with leptos, which escapes nothing inside a text area.
fn carried(t: &Texts, fields: &[(String, String)]) -> Markup {
    let (fitting, long): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| fits(value));
    html! {
        @for (name, value) in fitting { input type="hidden" name=(name) value=(value); }
        // The form may be out of reach, so the boxes go by numbers.
        @for ((name, value), number) in long.into_iter().zip(1..) {
            @let label = t.fill("error.too-long-box", &[("number", &number.to_string())]);
            // The parser of HTML takes the first line break away.
            textarea class="input" rows="12" name=(name) aria-label=(label) { "\n" (value) }
        }
    }
}
