//! What could not be saved, to be sent again.

use domain::answers::fits;
use leptos::prelude::*;

use crate::site::Site;

/// Holds everything that was posted to `action`, so that one button sends it again. What is too long
/// stands in a box, where it can be made shorter.
pub fn not_saved(site: &Site, action: &str, fields: &[(String, String)], is_too_large: bool) -> AnyView {
    let t = site.texts;
    let fields = fields.iter().map(|(name, value)| {
        if fits(value) {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
        } else {
            // The parser of HTML takes the first line break away.
            let text = format!("\n{value}");
            view! { <textarea class="input" rows="12" name=name.clone() aria-label=t.get("error.too-long")>{text}</textarea> }
                .into_any()
        }
    });
    let why = if is_too_large { "error.too-long" } else { "error.not-saved" };
    view! {
        <h1>{t.get("error.not-saved-title")}</h1>
        <p class="lead">{t.get(why)}</p>
        <form method="post" action=action.to_owned()>
            {fields.collect_view()}
            <div class="buttons">
                <button class="button button--primary">{t.get("error.not-saved-button")}</button>
            </div>
        </form>
    }
    .into_any()
}
