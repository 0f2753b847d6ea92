//! What the browser loads.

// Without this line no island is linked: the build succeeds and nothing comes to life.
extern crate app;

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the form's definition and texts as JSON, empty where there is none, and makes ready for
/// the islands.
#[wasm_bindgen]
pub fn hydrate(form: &str) -> Result<(), String> {
    if !form.is_empty() {
        app::islands::wizard::provide_pack(form).map_err(|error| error.to_string())?;
    }
    leptos::mount::hydrate_islands();
    Ok(())
}
