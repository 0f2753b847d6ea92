//! The wizard: one page of a draft, with the list of pages, the time left and the saved state.
//!
//! The server renders it and the browser takes it over: from then on it reveals questions,
//! checks answers, saves while typing and moves between pages without loading them anew.

mod autosave;
mod browser;
mod clock;
mod moves;
mod open_page;
mod side;
mod view;

use std::sync::OnceLock;

use domain::pack::Pack;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::filling::Filling;

pub use open_page::OpenPage;

static EDITION: OnceLock<&'static Edition> = OnceLock::new();

/// Takes the form that the page loaded beside the program; call it before hydration.
pub fn provide_pack(json: &str) -> Result<(), serde_json::Error> {
    let pack: Pack = serde_json::from_str(json)?;
    EDITION.get_or_init(|| Edition::new(pack).keep());
    Ok(())
}

/// The form being filled in: on the server from the context, in the browser from the page's load.
fn edition() -> &'static Edition {
    let provided = use_context::<&'static Edition>().or_else(|| EDITION.get().copied());
    // Both callers provide it first: `render::wizard` on the server, `provide_pack` in the browser.
    provided.expect("the form is provided before the wizard is made")
}

/// What the parts of the wizard share.
#[derive(Clone, Copy)]
struct Wizard {
    filling: Filling,
    open: StoredValue<OpenPage>,
    save: autosave::Autosave,
    clock: clock::Clock,
}

/// One page of a draft.
#[island]
pub fn WizardPage(
    /// The page as the server opened it.
    open: OpenPage,
) -> impl IntoView {
    let filling = Filling::new(
        edition(),
        open.today,
        open.page.clone(),
        open.answers.clone(),
        open.tried.clone(),
        open.contested.clone(),
    );
    let wizard = Wizard {
        filling,
        save: autosave::Autosave::new(&open),
        clock: clock::Clock::new(&open),
        open: StoredValue::new(open),
    };
    // Effects run in the browser alone.
    Effect::new(move |_| browser::take_over(wizard));
    view::wizard(wizard)
}
