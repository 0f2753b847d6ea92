//! What settings must hold together, beyond each one being readable.

use super::kinds::Mode;
use super::mistake::{ConfigError, Mistake};
use super::read::variable;
use super::table::Settings;

/// Refuses what would be unsafe or senseless.
pub(super) fn check(settings: Settings) -> Result<Settings, ConfigError> {
    let mut mistakes = Vec::new();
    let mut must = |holds: bool, name: &str, what: &str| {
        if !holds {
            mistakes.push(Mistake::new(variable(name), what));
        }
    };
    must(settings.remind_last < settings.remind_first, "remind_last", "expected less than LODGE_REMIND_FIRST");
    let share = settings.body_budget_per_address.0;
    must(share >= settings.body_limit.0, "body_budget_per_address", "expected at least LODGE_BODY_LIMIT");
    must(share <= settings.body_budget.0, "body_budget", "expected at least LODGE_BODY_BUDGET_PER_ADDRESS");
    must(settings.purge_interval < settings.purge_ahead, "purge_ahead", "expected more than LODGE_PURGE_INTERVAL");
    must(settings.purge_share.get() <= 100, "purge_share", "expected at most 100");
    must(settings.code_tries.get() <= 255, "code_tries", "expected at most 255");
    if settings.mode == Mode::Production {
        check_production(&settings, &mut must);
    }
    if mistakes.is_empty() { Ok(settings) } else { Err(ConfigError { mistakes }) }
}

fn check_production(settings: &Settings, must: &mut impl FnMut(bool, &str, &str)) {
    match &settings.secret_key {
        None => must(
            false,
            "secret_key",
            "required in production: 32 random bytes in Base64, e.g. from `openssl rand -base64 32`, \
             here or in the file that LODGE_SECRET_KEY_FILE names",
        ),
        Some(key) => must(
            !key.is_weak(),
            "secret_key",
            "too weak for production: expected 32 random bytes, e.g. from `openssl rand -base64 32`",
        ),
    }
    must(
        settings.public_url.is_https() || settings.public_url.is_loopback(),
        "public_url",
        "expected https:// in production, for cookies and passwords must not travel in the clear",
    );
    if let Some(url) = &settings.smtp_url {
        must(
            url.is_private(),
            "smtp_url",
            "would send codes and links in the clear, with which anybody on the way could open accounts: expected \
             smtps:// or ?tls=required, with LODGE_SMTP_CA_FILE for an authority of your own, or a mail server on \
             this machine",
        );
        must(
            settings.mail_from.domain() != "localhost",
            "mail_from",
            "expected the address that mail comes from, when there is a mail server in production",
        );
    }
}
