//! Saves that arrive after the session: sealed until the holder of the draft opens it.

use backend::drafts::{DraftError, Save};
use backend::fault::Fault;
use domain::answers::fits;
use domain::ids::ApplicationId;
use jiff::Timestamp;
use storage::StorageError;
use storage::applications::{Application, DraftSave};
use storage::sealed_saves::{SealedSave, Sealing, ToSeal};

use super::save::{is_question, possible};
use super::{DraftFlows, kept_until};
use crate::fault::fault;

impl DraftFlows {
    /// Answers whether it is kept; it is not when the ticket is not one of this draft.
    ///
    /// # Errors
    /// `TooLarge` when a text is longer than a field may hold, and then the rest is kept. `TooMuch`
    /// when too much waits already, or the save could never be taken in.
    pub(super) async fn seal(&self, id: ApplicationId, ticket: &str, save: &Save) -> Result<bool, DraftError> {
        let now = self.clock.now();
        let Some((service, version)) = self.storage.sealable(id, ticket, now).await.map_err(fault)? else {
            return Ok(false);
        };
        let form = self.library.form(&service, version).ok_or(Fault::Internal)?;
        let mut changes = possible(&form, save)?;
        let sent = changes.fields.len();
        changes.fields.retain(|_, text| fits(text));
        let is_whole = changes.fields.len() == sent;
        let mut tried = save.tried.clone();
        tried.retain(|page| form.page(page).is_some());
        let page = form.page(&save.page).map(|page| page.id.clone()).unwrap_or_default();
        let fitting = Save { page, changes, tried, ..save.clone() };
        let content = serde_json::to_vec(&fitting).map_err(|_| Fault::Internal)?;
        let content = (!is_question(&fitting)).then_some(content.as_slice());
        let to_seal = ToSeal { ticket, origin: save.changes.origin, is_whole, content };
        match self.storage.sealed_save(id, to_seal, now).await.map_err(fault)? {
            Sealing::Kept if is_whole => Ok(true),
            Sealing::Kept => Err(DraftError::TooLarge),
            Sealing::Full => Err(DraftError::TooMuch),
            Sealing::NoDraft => Ok(false),
        }
    }

    /// Merges what waits into the draft, and answers whether that has changed it. It stays when it cannot
    /// be taken in now: the draft is opened without it, and the next time it is tried again.
    pub(super) async fn unseal(&self, application: &Application, now: Timestamp) -> Result<bool, DraftError> {
        let waiting = self.storage.sealed_saves(application, now - self.settings.sealed_time).await.map_err(fault)?;
        let form = self.library.form(&application.service, application.version).ok_or(Fault::Internal)?;
        let (mut stored, mut tried, mut page) =
            (application.stored.clone(), application.tried.clone(), application.page.clone());
        let mut taken: Vec<SealedSave> = Vec::new();
        for sealed in waiting {
            let mut merged = stored.clone();
            let save = serde_json::from_slice::<Save>(&sealed.content).ok();
            let Some(save) = save.filter(|save| self.take_in(&form, &mut merged, save).is_ok()) else {
                tracing::warn!(application = %application.id, "a sealed save cannot be taken in");
                continue;
            };
            stored = merged;
            tried.extend(save.tried.into_iter().filter(|page| form.page(page).is_some()));
            page = form.page(&save.page).map_or(page, |page| page.id.clone());
            taken.push(sealed);
        }
        if taken.is_empty() {
            return Ok(false);
        }
        let save =
            DraftSave { stored: &stored, tried: &tried, page: &page, kept_until: kept_until(now, form.keep_days) };
        // When nothing can be written now, or another window has saved meanwhile, it goes on waiting.
        let is_stored = self.store(application, save, &taken, now).await.is_ok();
        Ok(is_stored && stored != application.stored)
    }

    async fn store(
        &self,
        application: &Application,
        save: DraftSave<'_>,
        taken: &[SealedSave],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let tx = self.storage.begin(now).await?;
        tx.draft_save(application, save).await?;
        for sealed in taken {
            tx.sealed_save_delete(application.id, sealed).await?;
        }
        tx.commit().await
    }
}
