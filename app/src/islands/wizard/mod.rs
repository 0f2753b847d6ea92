//! The wizard: one page of a draft, with the list of pages, the time left and the saved state.
//!
//! The server renders it and the browser takes it over: from then on it reveals questions,
//! checks answers, saves while typing and moves between pages without loading them anew.
//!
//! Both sides write the same HTML with the same functions (`view`, `side`) from a [`State`]. The
//! browser puts into the document only what has changed since (`screen`), so that nothing has to
//! be hydrated and nothing that was typed is ever written over.

mod autosave;
mod browser;
mod clock;
mod moves;
mod open_page;
mod plain;
mod screen;
mod side;
mod state;
mod view;

use std::sync::OnceLock;

use domain::merge::Origin;
use domain::pack::Pack;
use i18n::Language;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::question::with_countries;

pub use open_page::OpenPage;
use state::State;

/// The id of the form.
pub const FORM: &str = "wizard-form";

/// The id of what says which questions have come up.
pub const MORE: &str = "more";
/// The id of what says what is wrong.
pub const PROBLEMS: &str = "problems";

/// The value of the button that saves and shows the page in another language.
pub fn to_language(language: Language) -> String {
    format!("language:{}", language.tag())
}

static EDITION: OnceLock<&'static Edition> = OnceLock::new();

/// Takes the form that the page loaded beside the program; call it before hydration.
pub fn provide_pack(json: &str) -> Result<(), serde_json::Error> {
    let pack: Pack = serde_json::from_str(json)?;
    EDITION.get_or_init(|| Edition::new(pack).keep());
    Ok(())
}

/// One page of a draft as the server writes it: the document's title, and what makes the page.
pub fn wizard(edition: &'static Edition, open: OpenPage) -> (String, impl FnOnce() -> AnyView) {
    let props = serde_json::to_string(&open).unwrap_or_default();
    let state = State::new(edition, open, Origin::default());
    let title = view::document_title(&state);
    let page = move || {
        let html = with_countries(edition, &view::wizard(&state));
        view! { <div class="wizard" data-island="wizard" data-props=props inner_html=html></div> }.into_any()
    };
    (title, page)
}

/// Takes the page over in the browser. The form must have been provided.
pub fn live(props: &str) -> Result<(), serde_json::Error> {
    let open: OpenPage = serde_json::from_str(props)?;
    EDITION.get().into_iter().for_each(|edition| browser::take_over(edition, open.clone()));
    Ok(())
}
