//! What the wizard does in the browser: reading the form, the page's events, history and focus.

use std::collections::BTreeMap;

use domain::answers::Answers;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

use super::{Wizard, autosave, moves};

/// How a page gets into the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    New,
    /// The browser has moved by itself, by Back or Forward.
    Existing,
}

/// Hydration is done: reads what was typed before it, starts the clock, and listens.
pub(super) fn take_over(wizard: Wizard) {
    wizard.save.set_live();
    restart_clock(wizard);
    if read(wizard) {
        autosave::typed(wizard);
    }
    listen(wizard);
}

/// Something was typed or chosen.
pub(super) fn typed(wizard: Wizard) {
    if read(wizard) {
        autosave::typed(wizard);
    }
}

/// A control was left after a change: what is wrong in it may now be said.
pub(super) fn left(wizard: Wizard, event: &Event) {
    typed(wizard);
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let name = input.name();
    // A date is judged when its last part is left.
    let is_part = ["-day", "-month"].iter().any(|part| name.ends_with(part));
    if !is_part {
        let field = name.strip_suffix("-year").unwrap_or(&name).to_owned();
        wizard.filling.left.update(|left| {
            left.insert(field);
        });
    }
}

/// A button of the form was pressed. Moves and rows are done here, the rest by the server.
pub(super) fn submitted(wizard: Wizard, event: &SubmitEvent) {
    read(wizard);
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
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
fn read(wizard: Wizard) -> bool {
    let Some(form) = form() else { return false };
    let Ok(data) = FormData::new_with_form(&form) else { return false };
    let fields = fields(&data);
    let filling = wizard.filling;
    let is_answer = |field: &str| filling.edition.pack.form.pages.iter().any(|page| page.owns(field));
    let is_new = filling.answers.with_untracked(|answers| {
        fields.iter().any(|(field, text)| is_answer(field) && domain::answers::normalised(text) != answers.text(field))
    });
    if is_new {
        filling.answers.update(|answers| set_all(answers, &fields, is_answer));
    }
    is_new
}

fn set_all(answers: &mut Answers, fields: &BTreeMap<String, String>, is_answer: impl Fn(&str) -> bool) {
    fields.iter().filter(|(field, _)| is_answer(field)).for_each(|(field, text)| answers.set(field, text));
}

/// The controls by name; several of the same name are one text of several lines.
fn fields(data: &FormData) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let entries = js_sys::try_iter(data).ok().flatten();
    for entry in entries.into_iter().flatten().flatten() {
        let entry: js_sys::Array = entry.unchecked_into();
        let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) else { continue };
        let text = fields.entry(name).or_default();
        if !text.is_empty() && !value.is_empty() {
            text.push('\n');
        }
        text.push_str(&value);
    }
    fields
}

fn add_row(wizard: Wizard, group: &str) {
    // Only rows of this draft must differ from each other.
    let row = format!("r{}", (js_sys::Math::random() * 1e9) as u32);
    wizard.filling.answers.update(|answers| answers.add_row(group, &row));
    autosave::typed(wizard);
    focus_after_render(&format!("{group}.{row}"));
}

fn remove_row(wizard: Wizard, row: &str) {
    let Some((group, row)) = row.rsplit_once('.') else { return };
    wizard.filling.answers.update(|answers| answers.remove_row(group, row));
    autosave::typed(wizard);
    focus_after_render(group);
}

/// Adds the unsaved answers of other pages to the form that the browser is about to post.
fn carry_unsaved(wizard: Wizard) {
    let Some(form) = form() else { return };
    for (field, text) in autosave::unsaved(wizard) {
        let is_there = FormData::new_with_form(&form).is_ok_and(|data| data.has(&field));
        let input = document().and_then(|document| document.create_element("input").ok());
        let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if let (false, Some(input)) = (is_there, input) {
            input.set_type("hidden");
            input.set_name(&field);
            input.set_value(&text);
            let _ = form.append_child(&input);
        }
    }
}

/// Puts what other windows have written into the answers and their controls.
pub(super) fn show(wizard: Wizard, others: BTreeMap<String, String>) {
    if others.is_empty() {
        return;
    }
    for (field, text) in &others {
        if let Some(control) = element(field).and_then(|control| control.dyn_into::<HtmlInputElement>().ok()) {
            if matches!(control.type_().as_str(), "radio" | "checkbox") {
                continue;
            }
            control.set_value(text);
        }
    }
    wizard.filling.answers.update(|answers| set_all(answers, &others, |_| true));
}

/// The button of the dialog: another full time for this page.
pub(super) fn more_time(wizard: Wizard) {
    wizard.clock.set_left(wizard.open.with_value(|open| open.page_seconds));
    restart_clock(wizard);
    autosave::now(wizard);
}

/// Counts down from what is left now, by the monotonic clock of the browser.
pub(super) fn restart_clock(wizard: Wizard) {
    let Some(performance) = window().performance() else { return };
    let left = wizard.clock.left_untracked();
    // The page was made before the browser's part began to run.
    let began = if wizard.clock.is_first() { 0.0 } else { performance.now() };
    let end = began + f64::from(left) * 1_000.0;
    close_dialog();
    wizard.clock.run(Interval::new(1_000, move || {
        let left = ((end - performance.now()) / 1_000.0).max(0.0);
        wizard.clock.set_left(left as u32);
        wizard.save.tick();
        if wizard.clock.is_over() {
            time_is_up(wizard);
        } else if wizard.clock.is_short() {
            open_dialog();
        }
    }));
}

/// Saves, logs out, and lets the server say how to go on.
fn time_is_up(wizard: Wizard) {
    wizard.clock.stop();
    let button = element("time-is-up").and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let (Some(form), Some(button)) = (form(), button) {
        read(wizard);
        let _ = form.request_submit_with_submitter(Some(&button));
    }
}

fn listen(wizard: Wizard) {
    on_window("popstate", move |_| {
        read(wizard);
        let path = window().location().pathname().unwrap_or_default();
        let page = path.rsplit('/').next().unwrap_or_default();
        if !moves::try_open(wizard, page, Entry::Existing) {
            load(&path);
        }
    });
    on_window("pagehide", move |_| leaving(wizard));
    on_window("beforeunload", move |event| {
        read(wizard);
        if matches!(wizard.save.state(), autosave::SavedState::Offline | autosave::SavedState::Refused) {
            event.prevent_default();
        }
    });
    // A page from the back/forward cache may show what a logged-out person must not see.
    on_window("pageshow", move |event| {
        let is_persisted = js_sys::Reflect::get(&event, &"persisted".into()).is_ok_and(|it| it.is_truthy());
        if is_persisted {
            let _ = window().location().reload();
        }
    });
    on_window("online", move |_| autosave::now(wizard));
    on_document("visibilitychange", move |_| {
        if document().is_some_and(|document| document.hidden()) {
            leaving(wizard);
        }
    });
    on_document("click", move |event| clicked(wizard, &event));
}

/// The page goes to the background or away: what is unsaved is sent without waiting.
fn leaving(wizard: Wizard) {
    read(wizard);
    let fields = autosave::unsaved(wizard);
    let Some(form) = form() else { return };
    let Ok(body) = web_sys::UrlSearchParams::new() else { return };
    if fields.is_empty() || wizard.save.is_moving() {
        return;
    }
    fields.iter().for_each(|(field, text)| body.append(field, text));
    body.append("revision", &wizard.save.revision().0.to_string());
    body.append("go", "save");
    let _ = window().navigator().send_beacon_with_opt_url_search_params(&form.action(), Some(&body));
}

/// A link to another page of this draft opens it here.
fn clicked(wizard: Wizard, event: &Event) {
    let is_plain = ["ctrlKey", "metaKey", "shiftKey", "altKey"]
        .iter()
        .all(|key| js_sys::Reflect::get(event, &(*key).into()).is_ok_and(|value| value.is_falsy()));
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let link = target.and_then(|target| target.closest(".wizard__pages a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")).filter(|_| is_plain) else { return };
    read(wizard);
    let page = href.rsplit('/').next().unwrap_or_default();
    event.prevent_default();
    if !moves::try_open(wizard, page, Entry::New) {
        autosave::then_go(wizard, href);
    }
}

fn form() -> Option<HtmlFormElement> {
    element("wizard-form")?.dyn_into().ok()
}

fn element(id: &str) -> Option<web_sys::Element> {
    document()?.get_element_by_id(id)
}

fn document() -> Option<web_sys::Document> {
    window().document()
}

fn open_dialog() {
    if let Some(dialog) = element("time-dialog").and_then(|it| it.dyn_into::<web_sys::HtmlDialogElement>().ok())
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

fn close_dialog() {
    if let Some(dialog) = element("time-dialog").and_then(|it| it.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
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

/// Moves the focus to an element that the next rendering brings, and scrolls to it.
pub(super) fn focus_after_render(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) = element(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            if id == "page-title" {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            let _ = element.focus();
        }
    });
}

fn on_window(name: &str, act: impl Fn(Event) + 'static) {
    on(window().as_ref(), name, act);
}

fn on_document(name: &str, act: impl Fn(Event) + 'static) {
    if let Some(document) = document() {
        on(document.as_ref(), name, act);
    }
}

/// Listens for as long as the document lives.
fn on(target: &web_sys::EventTarget, name: &str, act: impl Fn(Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
    act.forget();
}
