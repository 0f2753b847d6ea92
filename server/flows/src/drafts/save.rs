//! Saving a draft.

use backend::drafts::{Draft, DraftError, Save, Step};
use backend::fault::Fault;
use backend::session::SessionToken;
use domain::answers::FIELD_LIMIT;
use domain::form::Form;
use domain::ids::ApplicationId;
use domain::merge::{Changes, Stored};
use storage::StorageError;
use storage::applications::DraftSave;

use super::{DraftFlows, kept_until};
use crate::fault::fault;

/// The longest that all answers of a draft may be together, in bytes.
const DRAFT_LIMIT: usize = 2_000_000;
/// How often a save is merged anew when others come first.
const TRIES: usize = 20;

impl DraftFlows {
    pub(super) async fn save(&self, token: &SessionToken, id: ApplicationId, save: &Save) -> Result<Draft, DraftError> {
        for _ in 0..TRIES {
            let now = self.clock.now();
            let (session, mut application) = self.open(token, id, now).await?;
            if application.submitted.is_some() {
                return Err(DraftError::Submitted);
            }
            let form = self.library.form(&application.service, application.version).ok_or(Fault::Internal)?;
            let mut stored = application.stored.clone();
            self.take_in(&form, &mut stored, save)?;
            let mut tried = application.tried.clone();
            tried.extend(save.tried.iter().filter(|page| form.page(page).is_some()).cloned());
            let page = if form.page(&save.page).is_some() { save.page.clone() } else { application.page.clone() };
            let kept_until = kept_until(now, form.keep_days);
            let row = DraftSave { stored: &stored, tried: &tried, page: &page, kept_until };
            match self.storage.draft_save(&session, &application, row, now).await {
                Err(StorageError::Conflict) => continue,
                Err(error) => return Err(fault(error).into()),
                Ok(row_version) => application.row_version = row_version,
            }
            application.stored = stored;
            application.tried = tried;
            application.page = page;
            application.saved = now;
            application.kept_until = kept_until;
            return Ok(self.draft(&session, application, now));
        }
        Err(Fault::Busy(std::time::Duration::from_secs(1)).into())
    }

    /// Merges what was typed, then does what a button beside a question asks for.
    fn take_in(&self, form: &Form, stored: &mut Stored, save: &Save) -> Result<(), DraftError> {
        let mut changes = within_limits(form, &save.changes)?;
        match &save.step {
            Some(Step::KeepOwn { field }) => stored.settle(field, changes.base),
            Some(Step::TakeOther { field }) => {
                if let Some(other) = stored.contested().remove(field) {
                    stored.settle(field, changes.base);
                    changes.fields.insert(field.clone(), other);
                }
            }
            _ => {}
        }
        stored.merge(&changes, form);
        match &save.step {
            Some(Step::AddRow { group }) if owns(form, group) => stored.add_row(group, &self.row_id()),
            Some(Step::RemoveRow { group, row }) if owns(form, group) => stored.remove_row(group, row),
            _ => {}
        }
        let size: usize = stored.answers.iter().map(|(field, text)| field.len() + text.len()).sum();
        if size > DRAFT_LIMIT { Err(DraftError::TooLarge) } else { Ok(()) }
    }

    /// Only rows of the same draft must differ from each other.
    fn row_id(&self) -> String {
        format!("r{:08x}", u32::from_be_bytes(self.random.bytes()))
    }
}

/// The changes of fields that the form has.
fn within_limits(form: &Form, changes: &Changes) -> Result<Changes, DraftError> {
    let fields = changes.fields.iter().filter(|(field, _)| owns(form, field));
    let fields: std::collections::BTreeMap<_, _> = fields.map(|(field, text)| (field.clone(), text.clone())).collect();
    if fields.values().any(|text| text.chars().count() > FIELD_LIMIT) {
        return Err(DraftError::TooLarge);
    }
    Ok(Changes { base: changes.base, fields, read: changes.read.clone() })
}

fn owns(form: &Form, field: &str) -> bool {
    form.pages.iter().any(|page| page.owns(field))
}
