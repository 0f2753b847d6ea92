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

use domain::merge::WindowId;
use domain::pack::Pack;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::question::with_countries;

pub use open_page::OpenPage;
use state::State;

static EDITION: OnceLock<&'static Edition> = OnceLock::new();

/// Takes the form that the page loaded beside the program; call it before hydration.
pub fn provide_pack(json: &str) -> Result<(), serde_json::Error> {
    let pack: Pack = serde_json::from_str(json)?;
    EDITION.get_or_init(|| Edition::new(pack).keep());
    Ok(())
}

/// What the window of a page is called, without the name of the site.
pub fn document_title(edition: &'static Edition, open: &OpenPage) -> String {
    view::document_title(&State::new(edition, open.clone(), WindowId::default()))
}

/// One page of a draft. The form is in the context on the server; in the browser the page has
/// loaded it.
#[island]
pub fn WizardPage(
    /// The page as the server opened it.
    open: OpenPage,
) -> impl IntoView {
    let html = if cfg!(target_arch = "wasm32") {
        // What the server wrote stays as it is.
        EDITION.get().into_iter().for_each(|edition| browser::take_over(edition, open.clone()));
        String::new()
    } else {
        use_context::<&'static Edition>().map_or_else(String::new, |edition| {
            with_countries(edition, &view::wizard(&State::new(edition, open, WindowId::default())))
        })
    };
    view! { <div class="wizard" inner_html=html></div> }
}
