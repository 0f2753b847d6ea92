//! Drafts as lists tell them apart.

use backend::applications::DraftEntry;
use domain::answers::Answers;
use storage::applications::Summary;

use super::DraftFlows;
use crate::fault::fault;

/// The most lines, and with them rows of groups, that are looked through for one draft of a list.
const LINES: usize = 300;

impl DraftFlows {
    pub(crate) async fn entries(&self, drafts: impl IntoIterator<Item = Summary>) -> Vec<DraftEntry> {
        let mut entries = Vec::new();
        for draft in drafts {
            entries.push(self.entry(draft).await);
        }
        entries
    }

    /// The draft with what is typed in it, unless that is too much to look through for a list.
    async fn entry(&self, draft: Summary) -> DraftEntry {
        let Summary { id, account, service, version, page, started, saved, kept_until, .. } = draft;
        // Without it the list still leads to the draft; why it cannot be read is in the log.
        let answers = self.storage.draft_glimpse(account, id).await.map_err(fault).ok().flatten();
        let answers = answers.filter(is_short);
        DraftEntry { id, service, version, page, answers, started, saved, kept_until }
    }
}

fn is_short(answers: &Answers) -> bool {
    answers.iter().map(|(_, text)| text.lines().count()).sum::<usize>() <= LINES
}
