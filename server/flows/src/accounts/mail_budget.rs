//! How much mail strangers can cause.
//!
//! Codes and links go to whichever address somebody enters. So three things have to hold:
//!
//! - *Nobody uses up what another needs.* Mail is counted for each purpose, so that registering
//!   somebody's address over and over costs that person neither the link for a new password nor
//!   the code at the log-in; and for each requester, which is the network that asks, so that a
//!   flood from one leaves every other its share.
//! - *A known browser gets its mail.* Its holder has been in the account, so it has an allowance
//!   of its own, which nothing that strangers do counts against.
//! - *A mailbox is not buried*, from however many networks. What all strangers together cause for
//!   one mailbox and one purpose comes from two pots. A requester's first mail within an hour
//!   comes from a pot which those who ask again and again cannot empty.
//!
//! What is left to an attacker with more networks than the first pot holds is that strangers have
//! to wait for as long as the attack goes on. That locks nobody out of an account: links for a new
//! password are not bound to a browser, so those that the flood asked for lie in the holder's
//! mailbox and work; and a code for the log-in is sent to nobody who does not know the password,
//! which its holder can change. A registration may have to wait.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use backend::fault::Fault;
use domain::email::comparable;
use ports::Clock;

use super::limits::Limit;

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MailPurpose {
    Registration,
    Reset,
    LogIn,
}

/// Who causes a mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Requester {
    Network(IpAddr),
    /// The secret of a browser in which the recipient's account has been used.
    KnownDevice(String),
}

/// A mailbox, as a key.
type Mailbox = (MailPurpose, String);

pub(super) struct MailBudget {
    of_requester: Limit<(Mailbox, Requester)>,
    /// One an hour, which tells the first request from those that follow.
    first_of_requester: Limit<(Mailbox, Requester)>,
    firsts: Limit<Mailbox>,
    others: Limit<Mailbox>,
}

impl MailBudget {
    /// So many mails an hour to one mailbox for one purpose: `of_requester` for each requester,
    /// and from strangers together `of_strangers` that are first requests and as many others.
    pub fn new(of_requester: NonZeroU32, of_strangers: NonZeroU32, clock: &Arc<dyn Clock>) -> Self {
        const HOUR: Duration = Duration::from_secs(60 * 60);
        Self {
            of_requester: Limit::new(of_requester, HOUR, clock.clone()),
            first_of_requester: Limit::new(NonZeroU32::MIN, HOUR, clock.clone()),
            firsts: Limit::new(of_strangers, HOUR, clock.clone()),
            others: Limit::new(of_strangers, HOUR, clock.clone()),
        }
    }

    /// Counts a mail to `email`, or says how long to wait for the next.
    pub fn count(&self, purpose: MailPurpose, email: &str, requester: Requester) -> Result<(), Fault> {
        let mailbox = (purpose, comparable(email));
        let is_stranger = matches!(requester, Requester::Network(_));
        let key = (mailbox, requester);
        self.of_requester.count(&key)?;
        let is_first = || self.first_of_requester.count(&key).is_ok() && self.firsts.count(&key.0).is_ok();
        if !is_stranger || is_first() { Ok(()) } else { self.others.count(&key.0) }
    }
}

#[cfg(test)]
mod tests {
    use ports::testing::TestClock;

    use super::*;

    const ANA: &str = "ana@example.org";

    /// Six for each requester, ten of all strangers of either kind.
    fn budget() -> MailBudget {
        let clock: Arc<dyn Clock> = Arc::new(TestClock::default());
        MailBudget::new(NonZeroU32::new(6).unwrap(), NonZeroU32::new(10).unwrap(), &clock)
    }

    fn network(last: u8) -> Requester {
        Requester::Network(IpAddr::from([192, 0, 2, last]))
    }

    fn is_sent(budget: &MailBudget, purpose: MailPurpose, requester: Requester) -> bool {
        budget.count(purpose, ANA, requester).is_ok()
    }

    #[test]
    fn a_flood_for_one_purpose_leaves_the_others() {
        let budget = budget();
        for _ in 0..1_000 {
            is_sent(&budget, MailPurpose::Registration, network(1));
        }
        assert!(!is_sent(&budget, MailPurpose::Registration, network(1)));
        assert!(is_sent(&budget, MailPurpose::Reset, network(1)));
        assert!(is_sent(&budget, MailPurpose::LogIn, network(1)));
    }

    #[test]
    fn a_flood_from_one_network_leaves_another_all_of_its_share() {
        let budget = budget();
        let of_attacker = (0..1_000).filter(|_| is_sent(&budget, MailPurpose::Reset, network(1))).count();
        assert_eq!(of_attacker, 6);
        for _ in 0..6 {
            assert!(is_sent(&budget, MailPurpose::Reset, network(2)));
        }
        assert!(!is_sent(&budget, MailPurpose::Reset, network(2)));
    }

    #[test]
    fn who_asks_for_the_first_time_is_served_when_others_have_asked_too_often() {
        let budget = budget();
        for attacker in 1..=5 {
            for _ in 0..100 {
                is_sent(&budget, MailPurpose::Reset, network(attacker));
            }
        }
        assert!(is_sent(&budget, MailPurpose::Reset, network(6)));
        assert!(!is_sent(&budget, MailPurpose::Reset, network(6)), "a second one would not be a first");
    }

    #[test]
    fn a_thousand_networks_do_not_bury_a_mailbox_and_the_known_browser_gets_its_mail() {
        let budget = budget();
        let mut sent = 0;
        for attacker in 0..=255 {
            for _ in 0..10 {
                sent += u32::from(is_sent(&budget, MailPurpose::Reset, network(attacker)));
            }
        }
        assert_eq!(sent, 20);
        let holder = || Requester::KnownDevice("secret".to_owned());
        let of_holder = (0..100).filter(|_| is_sent(&budget, MailPurpose::Reset, holder())).count();
        assert_eq!(of_holder, 6, "and not without end either");
        budget.count(MailPurpose::Reset, "bo@example.org", network(1)).unwrap();
    }
}
