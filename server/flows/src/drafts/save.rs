//! Saving a draft.

use std::sync::Arc;

use backend::drafts::{Draft, DraftError, Save};
use backend::fault::Fault;
use backend::session::SessionToken;
use domain::answers::fits;
use domain::form::{FIRST_ROW, Form};
use domain::ids::ApplicationId;
use domain::merge::{Changes, Removal, Stored};
use domain::question_button::QuestionButton;
use jiff::Timestamp;
use storage::StorageError;
use storage::applications::DraftSave;

use super::{DraftFlows, Opened, kept_until};
use crate::fault::fault;

/// The most that a draft may hold altogether, in bytes. A page shows a text twice at most, once as
/// HTML and once for the browser's part, so that it stays below four megabytes.
const DRAFT_LIMIT: usize = 1_000_000;
/// Merging more than this in one go, in bytes, would keep other requests waiting for milliseconds.
const MUCH: usize = 32 << 10;
/// How often a save is merged anew when those of other servers come first.
const TRIES: usize = 20;

impl DraftFlows {
    pub(super) async fn save(&self, token: &SessionToken, id: ApplicationId, save: &Save) -> Result<Draft, DraftError> {
        let _turn = self.turns.take(id).await;
        for _ in 0..TRIES {
            let now = self.clock.now();
            let mut opened = self.open(token, id, now).await?;
            let application = &mut opened.application;
            if application.submitted.is_some() {
                return Err(DraftError::Submitted);
            }
            let form = self.library.form(&application.service, application.version).ok_or(Fault::Internal)?;
            let (stored, is_whole) = self.merged(form.clone(), application.stored.clone(), save).await?;
            let mut tried = application.tried.clone();
            tried.extend(save.tried.iter().filter(|page| form.page(page).is_some()).cloned());
            let page = if form.page(&save.page).is_some() { save.page.clone() } else { application.page.clone() };
            // A page that only asks does so by itself: nobody need be there.
            let is_where_it_was = application.page == page || !save.renews;
            if is_question(save) && is_where_it_was && application.tried == tried {
                return self.saved(opened, save, now).await;
            }
            let kept_until = kept_until(now, form.keep_days);
            let row = DraftSave { stored: &stored, tried: &tried, page: &page, kept_until };
            match self.storage.draft_save(&opened.session, application, row, now).await {
                Err(StorageError::Conflict) => continue,
                Err(error) => return Err(fault(error).into()),
                Ok(row_version) => application.row_version = row_version,
            }
            application.stored = stored;
            application.tried = tried;
            application.page = page;
            application.saved = now;
            application.kept_until = kept_until;
            opened.session.last_activity = now;
            return if is_whole { self.saved(opened, save, now).await } else { Err(DraftError::TooLarge) };
        }
        Err(Fault::Busy(std::time::Duration::from_secs(1)).into())
    }

    async fn saved(&self, mut opened: Opened, save: &Save, now: Timestamp) -> Result<Draft, DraftError> {
        if save.renews {
            self.page_opened(&mut opened.session, now).await;
        }
        self.draft(opened)
    }

    /// As [`take_in`](Self::take_in), beside the requests when there is much to do.
    async fn merged(&self, form: Arc<Form>, mut stored: Stored, save: &Save) -> Result<(Stored, bool), DraftError> {
        if weight_of(save) <= MUCH {
            let is_whole = self.take_in(&form, &mut stored, save)?;
            return Ok((stored, is_whole));
        }
        let (flows, save) = (self.clone(), save.clone());
        let merging = move || flows.take_in(&form, &mut stored, &save).map(|is_whole| (stored, is_whole));
        tokio::task::spawn_blocking(merging).await.map_err(|_| Fault::Internal)?
    }

    /// Merges what was typed, then does what a button beside a question asks for. Answers whether
    /// that was all: a text longer than a field may hold is left out.
    ///
    /// # Errors
    /// `TooMuch` when the draft or one of its groups would hold more than it may; then nothing may be
    /// stored. What was stored when the limits were others may be changed, and made less.
    pub(super) fn take_in(&self, form: &Form, stored: &mut Stored, save: &Save) -> Result<bool, DraftError> {
        let (size, rows_beyond) = (stored.size(), stored.rows_beyond(form));
        let mut changes = possible(form, save)?;
        let sent = changes.fields.len();
        changes.fields.retain(|_, text| fits(text));
        let is_whole = changes.fields.len() == sent;
        match &save.button {
            Some(QuestionButton::KeepOwn(place)) => drop(stored.settle(place, changes.base, form)),
            Some(QuestionButton::TakeOther(place)) => changes.fields.extend(stored.settle(place, changes.base, form)),
            _ => {}
        }
        stored.merge(&changes, form);
        if let Some(QuestionButton::AddRow(group)) = &save.button
            && form.is_group(group)
        {
            // The empty row that was shown stays, and another follows it.
            if form.opening_row(group, &stored.answers).is_some() {
                stored.add_row(group, FIRST_ROW);
            }
            stored.add_row(group, &self.row_id());
        }
        if let Some(QuestionButton::PutRowBack(row)) = &save.button {
            stored.put_row_back(row);
        }
        if stored.size() > size.max(DRAFT_LIMIT) {
            // What was taken out has to make room for what is typed.
            stored.forget_taken_out();
        }
        let is_too_much = stored.size() > size.max(DRAFT_LIMIT) || stored.rows_beyond(form) > rows_beyond;
        if is_too_much { Err(DraftError::TooMuch) } else { Ok(is_whole) }
    }

    /// Only rows of the same draft must differ from each other.
    fn row_id(&self) -> String {
        format!("r{:08x}", u32::from_be_bytes(self.random.bytes()))
    }
}

/// A window only asks what is stored and how much time is left.
pub(super) fn is_question(save: &Save) -> bool {
    let Changes { fields, removed, returned, .. } = &save.changes;
    fields.is_empty() && removed.is_empty() && returned.is_empty() && save.button.is_none()
}

/// The changes of fields and rows that the form has.
///
/// # Errors
/// `TooMuch` when it names more rows than any page of the form can have sent.
pub(super) fn possible(form: &Form, save: &Save) -> Result<Changes, DraftError> {
    let mut changes = save.changes.clone();
    if let Some(QuestionButton::RemoveRow(row)) = &save.button {
        changes.removed.push(Removal { row: row.clone(), shown: changes.base });
    }
    changes.keep_known(form);
    if changes.has_too_many_rows(form) { Err(DraftError::TooMuch) } else { Ok(changes) }
}

/// About how much there is to merge, in bytes.
fn weight_of(save: &Save) -> usize {
    let Changes { fields, removed, returned, read, .. } = &save.changes;
    let fields = fields.iter().map(|(field, text)| field.len() + text.len()).sum::<usize>();
    let read = read.iter().map(|(field, known)| field.len() + size_of_val(known.as_slice())).sum::<usize>();
    let rows = removed.iter().map(|removal| &removal.row).chain(returned);
    fields + read + rows.map(String::len).sum::<usize>()
}
