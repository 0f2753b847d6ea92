//! Saving as a plain form does.
//!
//! A tab may be older than the server by a week, and then they may not understand each other. The
//! form of a page is what they both will always know. Once it is taken, the page is loaded anew,
//! and with it the server's own build of this program.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response, UrlSearchParams};

use super::browser::{self, Wizard};
use super::{state::State, view};
use crate::pages::accounts::After;

/// Tries once. When it fails, nothing has changed.
pub(super) fn save(wizard: &Wizard) {
    let Some((path, body)) = form(&wizard.borrow()) else { return };
    let wizard = wizard.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let next = post(&path, &body).await.filter(|_| is_all_in(&wizard.borrow(), &body));
        next.iter().for_each(|next| browser::leave_for(&wizard, next));
    });
}

fn form(state: &State) -> Option<(String, UrlSearchParams)> {
    let body = UrlSearchParams::new().ok()?;
    state.window.sendable().iter().for_each(|(field, text)| body.append(field, text));
    state.window.removed().for_each(|row| body.append("removed", row));
    state.window.returned().for_each(|row| body.append("returned", row));
    body.append("revision", &state.window.shown().0.to_string());
    body.append("ticket", &state.open.ticket);
    body.append("go", "save");
    Some((view::action(state), body))
}

/// Whether nothing is here but what `body` holds: nothing was typed since, and no text is too long.
fn is_all_in(state: &State, body: &UrlSearchParams) -> bool {
    !state.window.has_too_long()
        && state.window.sendable().iter().all(|(field, text)| body.get(field).as_ref() == Some(text))
}

/// The page to load when it is kept: the same again, or the log-in. `None` unless the answer is the
/// server's own word. A network that asks for a log-in of its own answers something, too.
async fn post(path: &str, body: &UrlSearchParams) -> Option<String> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(body);
    let answer = leptos::prelude::window().fetch_with_str_and_init(path, &request);
    let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    let is_saved = answer.headers().get(crate::paths::SAVED_HEADER).ok().flatten().is_some();
    let is_sealed = answer.redirected() && answer.url().contains(&format!("after={}", After::Sealed.name()));
    if is_sealed {
        return Some(answer.url());
    }
    (answer.status() == 204 && is_saved).then(|| path.to_owned())
}
