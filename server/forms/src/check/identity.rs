//! What the form says of itself at the top.

use crate::check::names::is_name;
use crate::log::Log;
use crate::read::WrittenForm;

pub fn check(form: &WrittenForm, service: &str, version: &str, log: &mut Log) {
    folder(form, service, version, log);
    drafts_are_kept_a_day(form, log);
    minutes_go_up(form, log);
    fees_can_apply(form, log);
    there_are_pages(form, log);
}

fn folder(form: &WrittenForm, service: &str, version: &str, log: &mut Log) {
    if let Some(written) = &form.service {
        if written.value != service {
            let message = format!("this is the form of `{}`, but its folder is `{service}`", written.value);
            log.note(written.span, message, "give both the same name");
        } else if !is_name(service) {
            let message = format!("`{service}` cannot be the name of a service");
            log.note(written.span, message, "use small letters a to z, digits and hyphens, a letter first");
        }
    }
    if let Some(written) = &form.version {
        if written.value == 0 {
            log.note(written.span, "versions begin with 1", "count from 1, for the folder too");
        } else if written.value.to_string() != version {
            let message = format!("this is version {}, but its folder is `{version}`", written.value);
            log.note(written.span, message, "give both the same number");
        }
    }
}

fn drafts_are_kept_a_day(form: &WrittenForm, log: &mut Log) {
    if let Some(days) = form.keep_days.as_ref().filter(|days| days.value == 0) {
        log.note(days.span, "drafts would be deleted at once", "keep them for a day or more; 30 is usual");
    }
}

fn minutes_go_up(form: &WrittenForm, log: &mut Log) {
    let Some(minutes) = &form.minutes else { return };
    let (from, to) = minutes.value;
    if from == 0 || from > to {
        log.note(minutes.span, "these minutes are no span of time", "write the shorter time first, like [30, 45]");
    }
}

/// The first fee whose condition holds is taken, so nothing after one without condition is.
fn fees_can_apply(form: &WrittenForm, log: &mut Log) {
    let Some(last) = form.fees.iter().position(|fee| fee.when.is_none()) else { return };
    for fee in &form.fees[last + 1..] {
        let help = "move the fee without `when` to the end: the first one that applies is taken";
        log.note_with(fee.span, "this fee is never taken", help, (form.fees[last].span, "this one always applies"));
    }
}

fn there_are_pages(form: &WrittenForm, log: &mut Log) {
    for page in form.pages.iter().filter(|page| page.questions.is_empty()) {
        log.note(page.span, "this page has no questions", "add a question with [[page.question]] or remove the page");
    }
}
