//! What the wizard does in the browser: reading the form, the page's events, history and focus.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::question_button::QuestionButton;
use gloo_timers::callback::Interval;
use leptos::prelude::{document, window};
use server_fn::ServerFn;
use ui::edition::Edition;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, Element, Event, EventTarget, FormData, HtmlButtonElement, HtmlDialogElement, HtmlElement,
    HtmlFormElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition, SubmitEvent,
};

use super::autosave::{SavedState, Then, time_is_up};
use super::clock::Moment;
use super::moves::Entry;
use super::state::State;
use super::{OpenPage, autosave, moves, screen, side, view};
use crate::api::drafts::SaveDraft;
use crate::pages::accounts::After;
use crate::paths::Path;

/// The state, shared by the listeners. No borrow outlives the call that makes it.
pub(super) type Wizard = Rc<RefCell<State>>;

thread_local! {
    /// Whether the wizard has the page. Until all is ready, and after a fault of the program, no
    /// listener and no timer does anything: then the page is a plain form.
    static IS_IN_CHARGE: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn is_in_charge() -> bool {
    IS_IN_CHARGE.get()
}

/// Takes over what the server wrote: reads what was typed since, starts the clock, and listens.
pub(super) fn take_over(edition: &'static Edition, open: OpenPage) {
    std::panic::set_hook(Box::new(|_| give_up()));
    let origin = open.origin(number_sent());
    let mut state = State::new(edition, open, origin);
    screen::adopt(&state);
    // From now on the two clocks are compared: the computer may sleep at once.
    state.clock.tick(now());
    state.is_live = true;
    let wizard = Rc::new(RefCell::new(state));
    listen(&wizard);
    let ticking = wizard.clone();
    // It goes on for as long as the document lives.
    Interval::new(1_000, move || tick(&ticking)).forget();
    IS_IN_CHARGE.set(true);
    typed(&wizard);
    screen::refresh(&wizard.borrow());
    // What the page before this one sent as it was left may have been stored after this one was made.
    autosave::soon(&wizard);
}

/// Hands the page back to the guard in it, which knows how to go on without the program.
fn give_up() {
    IS_IN_CHARGE.set(false);
    let _ = Event::new("lodge-failed").and_then(|event| window().dispatch_event(&event));
}

/// How often the page's form was sent before the wizard came.
fn number_sent() -> u32 {
    let number = form().and_then(|form| FormData::new_with_form(&form).ok()).map(|data| data.get("_number"));
    number.and_then(|number| number.as_string()?.parse().ok()).unwrap_or(0)
}

/// Something may have been typed or chosen.
fn typed(wizard: &Wizard) {
    if read(wizard) {
        wizard.borrow_mut().clock.typed(now().monotonic);
        autosave::typed(wizard);
        screen::refresh(&wizard.borrow());
    }
}

/// A control was left after a change: what is wrong in it may now be said.
fn left(wizard: &Wizard, event: &Event) {
    typed(wizard);
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let name = input.name();
    // A date is judged when its last part is left.
    if ["-day", "-month"].iter().any(|part| name.ends_with(part)) {
        return;
    }
    wizard.borrow_mut().left.insert(name.strip_suffix("-year").unwrap_or(&name).to_owned());
    screen::refresh(&wizard.borrow());
}

/// A button of the form was pressed. Moves and rows are done here, the rest by the server.
fn submitted(wizard: &Wizard, event: &Event) {
    read(wizard);
    let submitter = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
    let button = submitter.and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    let go = button.map_or_else(|| "continue".to_owned(), |button| button.value());
    match QuestionButton::read(&go) {
        None if go == "continue" => moves::go_on(wizard),
        None if go == "back" => moves::go_back(wizard),
        Some(QuestionButton::AddRow(group)) => add_row(wizard, &group),
        Some(QuestionButton::RemoveRow(row)) => remove_row(wizard, &row),
        Some(QuestionButton::PutRowBack(row)) => put_row_back(wizard, &row),
        // The server answers with a page of its own, once it has all that was typed.
        _ => autosave::and_then(wizard, Then::Post(go)),
    }
    event.prevent_default();
}

/// Reads the form into the answers; whether anything has changed.
fn read(wizard: &Wizard) -> bool {
    let data = form().and_then(|form| FormData::new_with_form(&form).ok());
    data.is_some_and(|data| wizard.borrow_mut().read(&fields(&data)))
}

/// The controls by name; several of the same name are one text of several lines.
fn fields(data: &FormData) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let entries = js_sys::try_iter(data).ok().flatten();
    for entry in entries.into_iter().flatten().flatten() {
        let entry: js_sys::Array = entry.unchecked_into();
        let (Some(name), Ok(value)) = (entry.get(0).as_string(), entry.get(1).dyn_into::<js_sys::JsString>()) else {
            continue;
        };
        // Stored text is in NFC, and comparing needs it here too.
        let value = String::from(value.normalize("NFC"));
        let text = fields.entry(name).or_default();
        if !text.is_empty() && !value.is_empty() {
            text.push('\n');
        }
        text.push_str(&value);
    }
    fields
}

fn add_row(wizard: &Wizard, group: &str) {
    // Only rows of this draft must differ from each other.
    let row = format!("{group}.r{}", (js_sys::Math::random() * 1e9) as u32);
    let mut state = wizard.borrow_mut();
    let opening = state.edition.pack.form.opening_row(group, &state.window.answers);
    state.answer(|answers| opening.iter().chain([&row]).for_each(|row| answers.add_row(row)));
    drop(state);
    rows_changed(wizard);
    let first = format!("[id=\"{row}-questions\"] :is(input:not([type=hidden]), select, textarea)");
    document().query_selector(&first).ok().flatten().iter().for_each(land_on);
}

fn remove_row(wizard: &Wizard, row: &str) {
    wizard.borrow_mut().window.remove_row(row);
    rows_changed(wizard);
    focus(&format!("{row}-removed"));
}

fn put_row_back(wizard: &Wizard, row: &str) {
    wizard.borrow_mut().window.put_row_back(row);
    rows_changed(wizard);
    land(row);
}

fn rows_changed(wizard: &Wizard) {
    wizard.borrow_mut().answers_changed();
    autosave::typed(wizard);
    screen::refresh(&wizard.borrow());
}

/// Posts the form as if the button with the value `go` had been pressed.
pub(super) fn post(wizard: &Wizard, go: &str) {
    let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let (Some(form), Some(input)) = (form(), input) else { return };
    input.set_type("hidden");
    input.set_name("go");
    input.set_value(go);
    let _ = form.append_child(&input);
    wizard.borrow_mut().save.is_leaving = true;
    let _ = form.submit();
    // Should the browser stay, the form is as before.
    input.remove();
}

/// Loads another page of the service, once everything is stored that can be.
pub(super) fn leave_for(wizard: &Wizard, path: &str) {
    wizard.borrow_mut().save.is_leaving = true;
    load(path);
}

/// To the log-in, which says that what was typed is safe, and from there back to this page.
pub(super) fn log_in(wizard: &Wizard) {
    let (log_in, page) = {
        let state = wizard.borrow();
        (state.path(|_| Path::LogIn), view::action(&state))
    };
    leave_for(wizard, &format!("{log_in}?after={}&next={page}", After::Sealed.name()));
}

/// The button of the dialog: another full time for this page.
fn more_time(wizard: &Wizard) {
    wizard.borrow_mut().clock.restart(now().monotonic);
    close_dialog();
    autosave::renew(wizard);
}

pub(super) fn close_dialog() {
    dialog().into_iter().for_each(|dialog| dialog.close());
}

fn tick(wizard: &Wizard) {
    if !is_in_charge() {
        return;
    }
    // Password managers and extensions fill in without saying so.
    typed(wizard);
    let mut state = wizard.borrow_mut();
    let has_slept = state.clock.tick(now());
    state.save.tick();
    let (left, is_short, may_ask) = (state.clock.left, state.clock.is_short(), state.clock.may_ask());
    let title = side::dialog_title(&state);
    let is_ending = state.save.is_going() || state.save.state == SavedState::Closed;
    drop(state);
    screen::refresh(&wizard.borrow());
    if has_slept {
        autosave::now(wizard);
    }
    if left == 0 && !is_ending {
        // What is too long cannot be stored: its page comes back with it from the server.
        moves::to_too_long(wizard);
        // The server has the last word: another window may have been given more time.
        autosave::and_then(wizard, time_is_up());
    } else if !is_short || left == 0 {
        close_dialog();
    } else if let Some(dialog) = dialog() {
        element("time-dialog-title").into_iter().for_each(|heading| heading.set_text_content(Some(&title)));
        if may_ask && !dialog.open() {
            let words = side::dialog_words(&wizard.borrow(), &time_of_day(now().wall + f64::from(left) * 1_000.0));
            element("time-dialog-words").into_iter().for_each(|place| place.set_text_content(Some(&words)));
            let _ = dialog.show_modal();
        }
    }
}

fn listen(wizard: &Wizard) {
    if let Some(form) = form() {
        on(&form, "input", wizard, |wizard, _| typed(wizard));
        on(&form, "change", wizard, left);
        on(&form, "submit", wizard, submitted);
    }
    if let Some(button) = element("more-time") {
        on(&button, "click", wizard, |wizard, _| more_time(wizard));
    }
    if let Some(dialog) = dialog() {
        // Escape: whoever presses it is there, and stays.
        on(&dialog, "cancel", wizard, |wizard, _| more_time(wizard));
    }
    let window = window();
    on(&window, "popstate", wizard, |wizard, _| history_moved(wizard));
    on(&window, "pagehide", wizard, |wizard, _| _ = leaving(wizard));
    // Before the browser asks for the next page, which may be this one again.
    on(&window, "beforeunload", wizard, ask_before_losing);
    on(&window, "online", wizard, |wizard, _| autosave::now(wizard));
    on(&document(), "visibilitychange", wizard, |wizard, _| match document().hidden() {
        true => _ = leaving(wizard),
        // Meanwhile somebody may have logged out in another window, or the computer may have slept.
        false => autosave::now(wizard),
    });
    on(&document(), "click", wizard, clicked);
    on(&document(), "keydown", wizard, |_, event| close_pages(event));
}

/// Escape closes the list of pages, which lies over the form on a phone.
fn close_pages(event: &Event) {
    let is_escape = js_sys::Reflect::get(event, &"key".into()).is_ok_and(|key| key == "Escape");
    let list = document().query_selector(".wizard__disclosure[open]").ok().flatten().filter(|_| is_escape);
    let Some(list) = list else { return };
    let _ = list.remove_attribute("open");
    let summary = list.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    summary.into_iter().for_each(|summary| drop(summary.focus()));
}

/// Back or Forward: the page that the address names now.
fn history_moved(wizard: &Wizard) {
    read(wizard);
    let path = window().location().pathname().unwrap_or_default();
    let page = path.rsplit('/').next().unwrap_or_default();
    if !moves::try_open(wizard, page, Entry::Existing) {
        load(&path);
    }
}

/// The page goes to the background or away: what is unsaved is sent without waiting. Answers
/// whether the browser has taken it; it takes 64 kB.
fn leaving(wizard: &Wizard) -> bool {
    read(wizard);
    if wizard.borrow().window.sendable().is_empty() {
        return true;
    }
    let save = autosave::request(&mut wizard.borrow_mut());
    let Ok(request) = serde_json::to_string(&SaveDraft { save }) else { return false };
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let body = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&request.into()), &kind);
    let send = |body| window().navigator().send_beacon_with_opt_blob(SaveDraft::PATH, Some(&body));
    body.and_then(send).unwrap_or(false)
}

/// Sends what is unsaved. What cannot be saved would be lost: then the browser asks.
fn ask_before_losing(wizard: &Wizard, event: &Event) {
    let is_sent = leaving(wizard);
    let state = wizard.borrow();
    let is_doubtful = state.save.is_doubtful(now().monotonic) || !window().navigator().on_line();
    let is_stuck = !is_sent || (is_doubtful && !state.window.sendable().is_empty());
    if !state.save.is_leaving && (is_stuck || state.window.has_too_long()) {
        event.prevent_default();
    }
}

/// A link to another page of this draft opens it here.
fn clicked(wizard: &Wizard, event: &Event) {
    let is_held = |key: &str| js_sys::Reflect::get(event, &key.into()).is_ok_and(|value| value.is_truthy());
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = |within: &str| target.as_ref().and_then(|target| target.closest(within).ok().flatten());
    if let Some(id) = link(".summary a, #more a").and_then(|link| link.get_attribute("href")) {
        event.prevent_default();
        return land(id.trim_start_matches('#'));
    }
    let link = link(".wizard__pages a[href]");
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    if ["ctrlKey", "metaKey", "shiftKey", "altKey"].into_iter().any(is_held) {
        return;
    }
    event.prevent_default();
    read(wizard);
    let page = href.rsplit('/').next().unwrap_or_default();
    if !moves::try_open(wizard, page, Entry::New) {
        autosave::and_then(wizard, Then::Load(href));
    }
}

fn form() -> Option<HtmlFormElement> {
    element("wizard-form")?.dyn_into().ok()
}

fn dialog() -> Option<HtmlDialogElement> {
    element("time-dialog")?.dyn_into().ok()
}

fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

pub(super) fn now() -> Moment {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Moment { monotonic, wall: js_sys::Date::now() }
}

/// Loads another page of the service.
pub(super) fn load(path: &str) {
    let _ = window().location().assign(path);
}

pub(super) fn push(path: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// `14:05` by the clock of the device; `at` is in milliseconds.
fn time_of_day(at: f64) -> String {
    let time = js_sys::Date::new(&at.into());
    let two = |number: u32| format!("{}{}", number / 10, number % 10);
    format!("{}:{}", two(time.get_hours()), two(time.get_minutes()))
}

/// Leads to the element with this id.
pub(super) fn land(id: &str) {
    element(id).iter().for_each(land_on);
}

/// The element has the focus, and what it belongs to begins at the top of the screen: a question with
/// what is wrong in it, a row, or itself.
fn land_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
    let whole = element.closest(".question, .row").ok().flatten();
    whole.as_ref().unwrap_or(element).scroll_into_view();
    // That may be more than the screen holds.
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Moves the focus, and for a new page goes to its top.
pub(super) fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
    if id == "page-title" {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Listens for as long as the document lives.
fn on(target: &EventTarget, name: &str, wizard: &Wizard, act: fn(&Wizard, &Event)) {
    let wizard = wizard.clone();
    let act = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        // A control that is taken out of the document says `change` in the middle of our own
        // writing. What was typed in it has been read before.
        if is_in_charge() && wizard.try_borrow_mut().is_ok() {
            act(&wizard, &event);
        }
    });
    let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
    act.forget();
}
