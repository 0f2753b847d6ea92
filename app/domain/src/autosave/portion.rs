//! How much goes with one save: a request has a limit, and what was typed for days without a network
//! may be more.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::Form;

/// About so many bytes of text go with one save; the rest follows when it is answered. Written as JSON
/// it is at most six times as much, which is less than any server of ours takes.
const PORTION: usize = 150_000;

/// What of `fields` goes first, never less than one answer of them: a row goes whole, and so does a date.
pub(super) fn portion(mut fields: BTreeMap<String, String>, form: &Form) -> BTreeMap<String, String> {
    let whole = |field: &str| form.row_of(field).or(form.date_of(field)).unwrap_or(field).to_owned();
    let (mut taken, mut size) = (BTreeSet::new(), 0);
    for (field, text) in &fields {
        if taken.is_empty() || size + text.len() <= PORTION {
            taken.insert(whole(field));
        }
        if taken.contains(&whole(field)) {
            size += text.len();
        }
    }
    fields.retain(|field, _| taken.contains(&whole(field)));
    fields
}
