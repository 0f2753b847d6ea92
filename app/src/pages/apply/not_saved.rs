//! What could not be saved, to be sent again.

use leptos::prelude::*;

use crate::site::Site;

/// Holds everything that was posted to `action`, so that one button sends it again.
pub fn not_saved(site: &Site, action: &str, fields: &[(String, String)]) -> AnyView {
    let t = site.texts;
    let fields = fields.iter().map(|(name, value)| {
        view! { <input type="hidden" name=name.clone() value=value.clone() /> }
    });
    view! {
        <h1>{t.get("error.not-saved-title")}</h1>
        <p class="lead">{t.get("error.not-saved")}</p>
        <form method="post" action=action.to_owned()>
            {fields.collect_view()}
            <div class="buttons">
                <button class="button button--primary">{t.get("error.not-saved-button")}</button>
            </div>
        </form>
    }
    .into_any()
}
