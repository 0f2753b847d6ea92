//! Moving between the pages of a draft without loading them anew.

use domain::journey::Place;

use super::autosave::Then;
use super::browser::{self, Wizard};
use super::{autosave, screen};
use crate::paths::Path;

/// How a page gets into the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    New,
    /// The browser has moved by itself, by Back or Forward.
    Existing,
}

/// Continue: to the next page when this one is right, else what is wrong is shown.
pub(super) fn go_on(wizard: &Wizard) {
    let state = wizard.borrow();
    let next = state.journey.go_on(&state.page, state.open.review.is_some()).map(|place| match place {
        Place::Page(id) => Some(id.to_owned()),
        Place::Review => None,
    });
    let review = state.review();
    drop(state);
    match next {
        Some(Some(next)) => open(wizard, next, Entry::New),
        Some(None) => autosave::and_then(wizard, Then::Load(review)),
        None => {
            let mut state = wizard.borrow_mut();
            let page = state.page.clone();
            state.tried.insert(page);
            state.more.clear();
            drop(state);
            screen::refresh(&wizard.borrow());
            autosave::now(wizard);
            browser::land("problems");
        }
    }
}

/// Back: to the page before, whatever is wrong on this one.
pub(super) fn go_back(wizard: &Wizard) {
    let state = wizard.borrow();
    let before = state.journey.before(Place::Page(&state.page)).map(str::to_owned);
    drop(state);
    before.into_iter().for_each(|before| open(wizard, before, Entry::New));
}

/// Opens a page of this draft if it is one that may be opened; answers whether it was.
pub(super) fn try_open(wizard: &Wizard, page: &str, entry: Entry) -> bool {
    let state = wizard.borrow();
    let may_open = state.journey.is_reachable(Place::Page(page));
    let is_open = state.page == page;
    drop(state);
    if may_open && !is_open {
        open(wizard, page.to_owned(), entry);
    }
    may_open
}

fn open(wizard: &Wizard, page: String, entry: Entry) {
    let state = wizard.borrow();
    let path = state.path(|draft| Path::Page(draft, &page));
    if state.save.is_outdated {
        drop(state);
        // The server's own build of this program comes with the page.
        return autosave::and_then(wizard, Then::Load(path));
    }
    drop(state);
    show(wizard, page, entry);
    wizard.borrow_mut().clock.restart(browser::now().monotonic);
    autosave::renew(wizard);
}

/// Puts another page of this draft in the place of the one that is open.
fn show(wizard: &Wizard, page: String, entry: Entry) {
    let mut state = wizard.borrow_mut();
    if entry == Entry::New {
        browser::push(&state.path(|draft| Path::Page(draft, &page)));
    }
    state.turn_to(page);
    drop(state);
    screen::refresh(&wizard.borrow());
    browser::close_dialog();
    browser::focus("page-title");
}

/// Opens the page with a text that is longer than a field may hold, if there is one and it is another:
/// the form of a page sends only what stands on it.
pub(super) fn to_too_long(wizard: &Wizard) {
    let state = wizard.borrow();
    let field = state.window.too_long();
    let page = field.and_then(|field| state.edition.pack.form.pages.iter().find(|page| page.owns(field)));
    let page = page.map(|page| page.id.clone()).filter(|page| *page != state.page);
    drop(state);
    page.into_iter().for_each(|page| show(wizard, page, Entry::New));
}
