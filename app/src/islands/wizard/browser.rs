//! What the wizard does in the browser: reading the form, the page's events, history and focus.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, EventTarget, FormData, HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlFormElement,
    HtmlInputElement, SubmitEvent,
};

use super::autosave::SavedState;
use super::moves::Entry;
use super::state::State;
use super::{autosave, moves, screen, side};

/// The state, shared by the listeners. No borrow outlives the call that makes it.
pub(super) type Wizard = Rc<RefCell<State>>;

thread_local! {
    /// The ticking of the clock; replacing it stops it.
    static TICKING: RefCell<Option<Interval>> = const { RefCell::new(None) };
}

/// Takes over what the server wrote: reads what was typed since, starts the clock, and listens.
pub(super) fn take_over(mut state: State) {
    screen::adopt(&state);
    state.is_live = true;
    let wizard = Rc::new(RefCell::new(state));
    // The page was made before the browser's part began to run.
    restart_clock(&wizard, 0.0);
    listen(&wizard);
    typed(&wizard);
    screen::refresh(&wizard.borrow());
}

/// Something may have been typed or chosen.
fn typed(wizard: &Wizard) {
    if read(wizard) {
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
    match go.split_once(':') {
        None if go == "continue" => moves::go_on(wizard),
        None if go == "back" => moves::go_back(wizard),
        Some(("add", group)) => add_row(wizard, group),
        Some(("remove", row)) => remove_row(wizard, row),
        // The server answers with a page of its own; it gets what other pages have not saved too.
        _ => return carry_unsaved(wizard),
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
    let row = format!("r{}", (js_sys::Math::random() * 1e9) as u32);
    wizard.borrow_mut().answer(|answers| answers.add_row(group, &row));
    rows_changed(wizard, &format!("{group}.{row}"));
}

fn remove_row(wizard: &Wizard, row: &str) {
    let Some((group, row)) = row.rsplit_once('.') else { return };
    wizard.borrow_mut().answer(|answers| answers.remove_row(group, row));
    rows_changed(wizard, group);
}

fn rows_changed(wizard: &Wizard, focused: &str) {
    autosave::typed(wizard);
    screen::refresh(&wizard.borrow());
    focus(focused);
}

/// Adds the unsaved answers of other pages to the form that the browser is about to post.
fn carry_unsaved(wizard: &Wizard) {
    let Some(form) = form() else { return };
    let state = wizard.borrow();
    for (field, text) in state.save.unsaved(&state.answers) {
        let is_there = FormData::new_with_form(&form).is_ok_and(|data| data.has(&field));
        let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if let (false, Some(input)) = (is_there, input) {
            input.set_type("hidden");
            input.set_name(&field);
            input.set_value(&text);
            let _ = form.append_child(&input);
        }
    }
}

/// The button of the dialog: another full time for this page.
fn more_time(wizard: &Wizard) {
    wizard.borrow_mut().clock.restart();
    restart_clock(wizard, now());
    autosave::now(wizard);
}

/// Counts down what is left since `began`, by the monotonic clock of the browser, in milliseconds.
pub(super) fn restart_clock(wizard: &Wizard, began: f64) {
    dialog().into_iter().for_each(|dialog| dialog.close());
    let end = began + f64::from(wizard.borrow().clock.left) * 1_000.0;
    let wizard = wizard.clone();
    let ticking = Interval::new(1_000, move || tick(&wizard, ((end - now()) / 1_000.0).max(0.0) as u32));
    TICKING.set(Some(ticking));
}

fn tick(wizard: &Wizard, left: u32) {
    let mut state = wizard.borrow_mut();
    state.clock.left = left;
    state.save.tick();
    let is_short = state.clock.is_short();
    let title = side::dialog_title(&state);
    drop(state);
    screen::refresh(&wizard.borrow());
    if left == 0 {
        time_is_up(wizard);
    } else if let Some(dialog) = dialog().filter(|_| is_short) {
        element("time-dialog-title").into_iter().for_each(|heading| heading.set_text_content(Some(&title)));
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
    }
}

/// Saves, logs out, and lets the server say how to go on.
fn time_is_up(wizard: &Wizard) {
    TICKING.set(None);
    read(wizard);
    let button = element("time-is-up").and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let (Some(form), Some(button)) = (form(), button) {
        let _ = form.request_submit_with_submitter(Some(&button));
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
    let window = window();
    on(&window, "popstate", wizard, |wizard, _| history_moved(wizard));
    on(&window, "pagehide", wizard, |wizard, _| leaving(wizard));
    on(&window, "beforeunload", wizard, ask_before_losing);
    on(&window, "pageshow", wizard, |_, event| reload_if_from_cache(event));
    on(&window, "online", wizard, |wizard, _| autosave::now(wizard));
    on(&document(), "visibilitychange", wizard, |wizard, _| {
        if document().hidden() {
            leaving(wizard);
        }
    });
    on(&document(), "click", wizard, clicked);
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

/// The page goes to the background or away: what is unsaved is sent without waiting.
fn leaving(wizard: &Wizard) {
    read(wizard);
    let state = wizard.borrow();
    let fields = state.save.unsaved(&state.answers);
    let (Some(form), Ok(body)) = (form(), web_sys::UrlSearchParams::new()) else { return };
    if fields.is_empty() || state.save.destination.is_some() {
        return;
    }
    fields.iter().for_each(|(field, text)| body.append(field, text));
    body.append("revision", &state.save.revision.0.to_string());
    body.append("go", "save");
    let _ = window().navigator().send_beacon_with_opt_url_search_params(&form.action(), Some(&body));
}

/// What cannot be saved would be lost.
fn ask_before_losing(wizard: &Wizard, event: &Event) {
    read(wizard);
    if matches!(wizard.borrow().save.state, SavedState::Offline | SavedState::Refused) {
        event.prevent_default();
    }
}

/// A page from the back/forward cache may show what a logged-out person must not see.
fn reload_if_from_cache(event: &Event) {
    if js_sys::Reflect::get(event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy()) {
        let _ = window().location().reload();
    }
}

/// A link to another page of this draft opens it here.
fn clicked(wizard: &Wizard, event: &Event) {
    let is_held = |key: &str| js_sys::Reflect::get(event, &key.into()).is_ok_and(|value| value.is_truthy());
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest(".wizard__pages a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    if ["ctrlKey", "metaKey", "shiftKey", "altKey"].into_iter().any(is_held) {
        return;
    }
    event.prevent_default();
    read(wizard);
    let page = href.rsplit('/').next().unwrap_or_default();
    if !moves::try_open(wizard, page, Entry::New) {
        autosave::then_go(wizard, href);
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

/// Milliseconds since the page was opened.
pub(super) fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
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
        if wizard.try_borrow_mut().is_ok() {
            act(&wizard, &event);
        }
    });
    let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
    act.forget();
}
