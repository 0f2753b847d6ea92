//! What a run has to do.

use std::collections::BTreeMap;

use jiff::Timestamp;
use storage::StorageError;
use storage::applications::{Due, Reminder, Step};

use super::DraftFlows;
use super::guard::{Stop, check};

/// What a run would do, without personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// By service.
    pub drafts: BTreeMap<String, Counts>,
    /// Saves that have waited too long for a log-in.
    pub sealed_saves: u64,
    /// Messages that were sent or given up long ago.
    pub messages: u64,
    /// Why it would stop instead.
    pub stop: Option<Stop>,
}

/// So many drafts of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Are reminded of for the first time.
    pub first: u64,
    /// Are reminded of for the last time.
    pub last: u64,
    pub delete: u64,
}

impl DraftFlows {
    /// What [`DraftFlows::retention_run`] would do now. It changes nothing.
    pub async fn retention_plan(&self) -> Result<Plan, StorageError> {
        let now = self.clock.now();
        let mut plan = Plan {
            sealed_saves: self.storage.sealed_saves_old(now - self.settings.sealed_time).await?,
            messages: self.storage.messages_old(now - self.settings.message_time).await?,
            ..Plan::default()
        };
        for step in [Step::Remind(Reminder::Week), Step::Remind(Reminder::Day), Step::Delete] {
            for (service, count) in self.storage.drafts_due_count(self.due(step, now)).await? {
                let counts = plan.drafts.entry(service).or_default();
                match step {
                    Step::Remind(Reminder::Week) => counts.first = count,
                    Step::Remind(Reminder::Day) => counts.last = count,
                    Step::Delete => counts.delete = count,
                }
            }
        }
        // A clock that is wrong does no harm where there is nothing to do.
        if plan != Plan::default() {
            plan.stop = self.stop(&plan, now).await?;
        }
        Ok(plan)
    }

    async fn stop(&self, plan: &Plan, now: Timestamp) -> Result<Option<Stop>, StorageError> {
        let (last, drafts) = (self.storage.purged().await?, self.storage.drafts_count().await?);
        let delete = plan.drafts.values().map(|counts| counts.delete).sum();
        Ok(check(self.settings.purge_limits, last, now, delete, drafts).err())
    }

    /// The drafts for which the step is due at `now`.
    pub(super) fn due(&self, step: Step, now: Timestamp) -> Due {
        let (week, day) = self.settings.remind_before;
        let by = match step {
            Step::Remind(Reminder::Week) => now + week,
            Step::Remind(Reminder::Day) => now + day,
            Step::Delete => now,
        };
        Due { step, by, handed_over: self.settings.handed_over }
    }
}
