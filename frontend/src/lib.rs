//! What the browser loads, and what the page's loader calls in it.

use app::islands::{password_strength, wizard};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the form's definition and texts as JSON, empty where there is none.
#[wasm_bindgen]
pub fn read(form: &str) -> Result<(), String> {
    if form.is_empty() { Ok(()) } else { wizard::provide_pack(form).map_err(|error| error.to_string()) }
}

/// The island of a draft's page comes to life.
#[wasm_bindgen(js_name = wizard)]
pub fn live_wizard(props: &str) -> Result<(), String> {
    wizard::live(props).map_err(|error| error.to_string())
}

/// The island beside a new password comes to life.
#[wasm_bindgen(js_name = password_strength)]
pub fn live_password_strength(props: &str) -> Result<(), String> {
    password_strength::live(props).map_err(|error| error.to_string())
}
