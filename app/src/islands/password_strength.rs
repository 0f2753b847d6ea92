//! A hint at how strong a new password is, while it is typed.

use domain::password::{Strength, strength};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlInputElement};

/// What the hint says, and of which control.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// The id of the password's control.
    pub control: String,
    pub weak: String,
    pub fair: String,
    pub strong: String,
}

/// The id of the hint.
const HINT: &str = "password-strength";

/// The place of the hint. It is empty until something is typed, and without JavaScript.
pub fn password_strength(words: &Words) -> AnyView {
    let props = serde_json::to_string(words).unwrap_or_default();
    view! { <p class="strength" id=HINT role="status" data-island="password_strength" data-props=props></p> }.into_any()
}

/// Shows the hint from now on, in the browser.
pub fn live(props: &str) -> Result<(), serde_json::Error> {
    let words: Words = serde_json::from_str(props)?;
    let control = document().get_element_by_id(&words.control);
    let control = control.and_then(|control| control.dyn_into::<HtmlInputElement>().ok());
    let Some(control) = control else { return Ok(()) };
    let typed = control.clone();
    let show = move || show(&typed.value(), &words);
    // It may have been typed before this came.
    show();
    let listener = Closure::<dyn Fn(Event)>::new(move |_| show());
    let _ = control.add_event_listener_with_callback("input", listener.as_ref().unchecked_ref());
    // It listens for as long as the document lives.
    listener.forget();
    Ok(())
}

fn show(password: &str, words: &Words) {
    let Some(hint) = document().get_element_by_id(HINT) else { return };
    let (name, text) = match strength(password) {
        _ if password.is_empty() => ("", ""),
        Strength::Weak => ("weak", words.weak.as_str()),
        Strength::Fair => ("fair", words.fair.as_str()),
        Strength::Strong => ("strong", words.strong.as_str()),
    };
    // A screen reader speaks at each change, so there is one only where there is news.
    if hint.get_attribute("data-strength").as_deref() != Some(name) {
        let _ = hint.set_attribute("data-strength", name);
        hint.set_text_content(Some(text));
    }
}
