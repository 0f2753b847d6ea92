//! A page as a browser reads it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What the form's control called `name` holds.
pub fn control(page: &str, name: &str) -> Option<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let control = find(&dom.document, &|node| attribute(node, "name").as_deref() == Some(name))?;
    if is(&control, "textarea") { Some(content(&control)) } else { attribute(&control, "value") }
}

/// The answer under the question, e.g. at review: what the `dd` after the `dt` says.
pub fn answer(page: &str, question: &str) -> Option<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let is_pair =
        |node: &Handle| node.children.borrow().iter().any(|child| is(child, "dt") && content(child) == question);
    find(&dom.document, &is_pair).and_then(|pair| find(&pair, &|node| is(node, "dd"))).map(|answer| content(&answer))
}

/// The text of the element with the id.
pub fn with_id(page: &str, id: &str) -> Option<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    find(&dom.document, &|node| attribute(node, "id").as_deref() == Some(id)).map(|node| content(&node))
}

/// What a browser would post of the form with the id, as it stands, without a button.
pub fn form(page: &str, id: &str) -> Vec<(String, String)> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let form = find(&dom.document, &|node| attribute(node, "id").as_deref() == Some(id)).expect("the form");
    let mut fields = Vec::new();
    add_controls(&form, &mut fields);
    fields
}

fn add_controls(node: &Handle, fields: &mut Vec<(String, String)>) {
    let is_choice = matches!(attribute(node, "type").as_deref(), Some("radio" | "checkbox"));
    let value = match node {
        _ if is(node, "input") && is_choice && attribute(node, "checked").is_none() => None,
        _ if is(node, "input") => Some(attribute(node, "value").unwrap_or_default()),
        _ if is(node, "textarea") => Some(content(node)),
        _ if is(node, "select") => {
            let chosen = find(node, &|node| is(node, "option") && attribute(node, "selected").is_some());
            Some(chosen.and_then(|option| attribute(&option, "value")).unwrap_or_default())
        }
        _ => None,
    };
    fields.extend(attribute(node, "name").zip(value));
    node.children.borrow().iter().for_each(|child| add_controls(child, fields));
}

fn find(node: &Handle, is_it: &dyn Fn(&Handle) -> bool) -> Option<Handle> {
    if is_it(node) {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, is_it))
}

fn is(node: &Handle, element: &str) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == element)
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string())
}

fn content(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(content).collect(),
    }
}
