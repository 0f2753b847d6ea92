//! Moving between the pages of a draft without loading them anew.

use domain::journey::Place;
use leptos::prelude::*;

use super::{Wizard, autosave, browser};
use crate::paths::Path;

/// Continue: to the next page when this one is right, else what is wrong is shown.
pub(super) fn go_on(wizard: Wizard) {
    let filling = wizard.filling;
    let page = filling.page.get_untracked();
    let from_review = wizard.open.with_value(|open| open.from_review);
    let next = filling.journey.with_untracked(|journey| journey.go_on(&page, from_review).map(owned));
    match next {
        Some(Some(next)) => open(wizard, next, browser::Entry::New),
        Some(None) => autosave::then_go(wizard, path(wizard, Path::Review)),
        None => {
            filling.tried.update(|tried| {
                tried.insert(page);
            });
            autosave::now(wizard);
            browser::focus_after_render("problems");
        }
    }
}

/// Back: to the page before, whatever is wrong on this one.
pub(super) fn go_back(wizard: Wizard) {
    let filling = wizard.filling;
    let page = filling.page.get_untracked();
    let before = filling.journey.with_untracked(|journey| journey.before(Place::Page(&page)).map(str::to_owned));
    if let Some(before) = before {
        open(wizard, before, browser::Entry::New);
    }
}

/// Opens a page of this draft if it is one that may be opened; answers whether it was.
pub(super) fn try_open(wizard: Wizard, page: &str, entry: browser::Entry) -> bool {
    let may_open = wizard.filling.journey.with_untracked(|journey| journey.is_reachable(Place::Page(page)));
    if may_open && wizard.filling.page.with_untracked(|open| open != page) {
        open(wizard, page.to_owned(), entry);
    }
    may_open
}

fn open(wizard: Wizard, page: String, entry: browser::Entry) {
    let filling = wizard.filling;
    if entry == browser::Entry::New {
        browser::push(&path(wizard, |draft| Path::Page(draft, &page)));
    }
    filling.left.update(std::collections::BTreeSet::clear);
    filling.page.set(page);
    wizard.clock.set_left(wizard.open.with_value(|open| open.page_seconds));
    browser::restart_clock(wizard);
    autosave::now(wizard);
    browser::focus_after_render("page-title");
}

fn owned(place: Place<'_>) -> Option<String> {
    match place {
        Place::Page(id) => Some(id.to_owned()),
        Place::Review => None,
    }
}

fn path<'a>(wizard: Wizard, to: impl FnOnce(domain::ids::ApplicationId) -> Path<'a>) -> String {
    to(wizard.open.with_value(|open| open.draft)).within(wizard.filling.edition.language()).to_string()
}
