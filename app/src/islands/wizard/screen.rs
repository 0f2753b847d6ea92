//! Brings the document to what the state says, touching only what differs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::form::{Form, Kind};
use domain::journey::{Asked, Row};
use leptos::prelude::document;
use ui::filling::Filling;
use ui::question::{
    contested_choices, is_last_row, problem, question, removed, room_left, row, row_words, unshown, with_countries,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::state::State;
use super::{MORE, side, view};

thread_local! {
    /// What was last put into each part, by its id. Reading it back from the document would give
    /// the browser's spelling of it.
    static SHOWN: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// What the server wrote is what `state` says: the first refresh changes nothing of it.
pub(super) fn adopt(state: &State) {
    SHOWN.with_borrow_mut(|shown| {
        shown.extend(parts(state).into_iter().map(|(id, html)| (id.to_owned(), html)));
        // Written anew, it would lose the focus and be read out again.
        let filling = state.filling();
        let asked = filling.stop().map_or(&[][..], |stop| stop.asked.as_slice());
        shown.extend(asked.iter().map(|group| (format!("{}-removed", group.field), removed(&filling, group).0)));
        shown.extend(filling.problems().into_iter().map(|(field, text)| (format!("{field}-problem"), text)));
    });
}

pub(super) fn refresh(state: &State) {
    parts(state).into_iter().for_each(|(id, html)| put(id, html));
    set_attribute("wizard-form", "action", &view::action(state));
    set_attribute("revision", "value", &state.window.shown().0.to_string());
    set_flag("back", "hidden", state.is_first());
    set_flag("wizard-form", "inert", state.save.is_going());
    set_flag("wizard-form", "data-live", state.is_live);
    set_flag("wizard-form", "data-unsaved", !state.window.unsaved().is_empty());
    document().set_title(&format!("{} – {}", view::document_title(state), state.edition.texts.get("common.name")));
    let filling = state.filling();
    let Some(stop) = filling.stop() else { return };
    let problems = filling.problems();
    sync_questions("questions", &filling, &stop.asked, &problems);
    show_problems(&filling, &problems);
    show_contested(&filling);
}

/// The questions of these fields are written anew, with what another window wrote in them.
pub(super) fn forget(fields: &BTreeMap<String, String>, form: &Form) {
    // A group's rows are put in and taken out one by one.
    for field in fields.keys().filter(|field| !form.is_group(field)) {
        let parts = ["-day", "-month", "-year"].iter().filter_map(|part| field.strip_suffix(part));
        for question in parts.chain([field.as_str()]) {
            element(&format!("q-{question}")).into_iter().for_each(|element| element.remove());
        }
    }
}

/// The parts that are put in whole.
fn parts(state: &State) -> [(&'static str, String); 12] {
    let text = |text: &str| maud::html! { (text) }.0;
    [
        ("page-count", text(&side::count(state))),
        ("page-title", text(view::title(state))),
        ("page-lead", text(view::lead(state))),
        ("bar", side::bar(state).0),
        ("steps", side::steps(state).0),
        ("ring", side::ring(state).0),
        ("time-words", text(&side::time_words(state))),
        ("saved", side::saved(state).0),
        ("kept-until", text(&side::kept_until(state))),
        ("spoken", text(&side::spoken(state))),
        ("summary", view::summary(state).0),
        (MORE, view::more(state).0),
    ]
}

fn put(id: &str, html: String) {
    SHOWN.with_borrow_mut(|shown| {
        if shown.get(id) != Some(&html) {
            element(id).into_iter().for_each(|element| element.set_inner_html(&html));
            shown.insert(id.to_owned(), html);
        }
    });
}

/// Takes out what is not asked any more and puts in what is asked now.
fn sync_questions(container: &str, filling: &Filling<'_>, asked: &[Asked<'static>], problems: &BTreeMap<&str, String>) {
    let Some(container) = element(container) else { return };
    let keys: Vec<&str> = asked.iter().map(|each| each.field.as_str()).collect();
    sync(&container, &keys, &|index| with_countries(filling.edition, &question(filling, &asked[index], problems)));
    for each in asked {
        match &each.question.kind {
            Kind::Group { max, .. } => sync_rows(filling, each, *max, problems),
            Kind::LongText { max } => {
                put(
                    &format!("{}-room", each.field),
                    room_left(filling.edition, filling.answers.text(&each.field), *max),
                );
            }
            _ => {}
        }
    }
}

fn sync_rows(filling: &Filling<'_>, group: &Asked<'static>, max: usize, problems: &BTreeMap<&str, String>) {
    let Some(container) = element(&format!("{}-rows", group.field)) else { return };
    let keys: Vec<&str> = group.rows.iter().map(|row: &Row<'_>| row.id.as_str()).collect();
    sync(&container, &keys, &|index| {
        with_countries(filling.edition, &row(filling, group, &group.rows[index], index + 1, problems))
    });
    for (index, each) in group.rows.iter().enumerate() {
        let name = each.name(group);
        let (title, remove) = row_words(filling.edition, group, index + 1);
        put(&format!("{name}-remove"), maud::html! { (remove) }.0);
        set_flag(&format!("{name}-remove"), "hidden", is_last_row(group));
        put(&name, maud::html! { (title) }.0);
        sync_questions(&format!("{name}-questions"), filling, &each.asked, problems);
    }
    put(&format!("{}-removed", group.field), removed(filling, group).0);
    put(&format!("{}-unshown", group.field), unshown(filling.edition, group));
    set_flag(&group.field, "hidden", group.rows.len() >= max);
}

/// Makes the children of `container` those of `keys`, in this order. Children that stay keep what
/// was typed in them.
fn sync(container: &Element, keys: &[&str], html: &dyn Fn(usize) -> String) {
    let mut next = container.first_element_child();
    for (index, key) in keys.iter().enumerate() {
        while let Some(child) = next.take_if(|child| !keys.contains(&key_of(child).as_str())) {
            next = child.next_element_sibling();
            child.remove();
        }
        match &next {
            Some(child) if key_of(child) == *key => next = child.next_element_sibling(),
            Some(child) => drop(child.insert_adjacent_html("beforebegin", &html(index))),
            None => drop(container.insert_adjacent_html("beforeend", &html(index))),
        }
    }
    while let Some(child) = next {
        next = child.next_element_sibling();
        child.remove();
    }
}

fn key_of(child: &Element) -> String {
    child.get_attribute("data-key").unwrap_or_default()
}

/// Says what is wrong, and takes back what was said and is right now.
fn show_problems(filling: &Filling<'_>, problems: &BTreeMap<&str, String>) {
    let before = shown_fields("-problem");
    let gone = before.iter().filter(|field| !problems.contains_key(field.as_str())).map(|field| (field.as_str(), ""));
    let now = problems.iter().map(|(field, text)| (*field, text.as_str()));
    gone.chain(now).for_each(|(field, text)| show_problem(filling, field, text));
}

/// Shows what another window wrote in the same places, until the person has chosen, here or there.
fn show_contested(filling: &Filling<'_>) {
    let suffix = "-contested";
    let choices = contested_choices(filling);
    for name in shown_fields(suffix).iter().filter(|name| !choices.contains_key(*name)) {
        put(&format!("{name}{suffix}"), String::new());
        set_flag(&format!("{name}{suffix}"), "hidden", true);
    }
    for (name, choice) in choices {
        put(&format!("{name}{suffix}"), choice.0);
        set_flag(&format!("{name}{suffix}"), "hidden", false);
    }
}

/// The fields for which something was put into the part with this suffix.
fn shown_fields(suffix: &str) -> Vec<String> {
    SHOWN.with_borrow(|shown| {
        let said = shown.iter().filter(|(id, text)| id.ends_with(suffix) && !text.is_empty());
        said.map(|(id, _)| id.trim_end_matches(suffix).to_owned()).collect()
    })
}

fn show_problem(filling: &Filling<'_>, field: &str, text: &str) {
    let id = format!("{field}-problem");
    let is_said = SHOWN.with_borrow_mut(|shown| shown.insert(id.clone(), text.to_owned()).as_deref() == Some(text));
    let Some(question) = element(&format!("q-{field}")).filter(|_| !is_said) else { return };
    let is_wrong = !text.is_empty();
    element(&id).into_iter().for_each(|place| place.set_inner_html(&problem(filling.edition, text).0));
    set_flag(&id, "hidden", !is_wrong);
    let _ = question.class_list().toggle_with_force("question--bad", is_wrong);
    // The controls of a group's rows are questions of their own.
    let controls = question
        .query_selector_all(":scope > .input, :scope > .date .input, :scope > .choices input, :scope > .money .input");
    let controls =
        controls.ok().into_iter().flat_map(|list| (0..list.length()).filter_map(move |index| list.item(index)));
    for control in controls.filter_map(|control| control.dyn_into::<HtmlElement>().ok()) {
        let _ = if is_wrong {
            control.set_attribute("aria-invalid", "true")
        } else {
            control.remove_attribute("aria-invalid")
        };
    }
}

fn set_attribute(id: &str, name: &str, value: &str) {
    if let Some(element) = element(id).filter(|element| element.get_attribute(name).as_deref() != Some(value)) {
        let _ = element.set_attribute(name, value);
    }
}

fn set_flag(id: &str, name: &str, is_set: bool) {
    if let Some(element) = element(id) {
        let _ = element.toggle_attribute_with_force(name, is_set);
    }
}

fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}
