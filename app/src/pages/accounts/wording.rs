//! What went wrong, in words.

use backend::accounts::{CodeError, LogInError, RegisterError, ResetError};
use backend::fault::Fault;
use domain::password::PasswordProblem;
use i18n::Texts;

/// What is wrong on a page with one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The control where it is put right.
    pub control: &'static str,
    /// Whether what stands in the control is wrong; a fault of ours is not.
    pub is_in_control: bool,
    pub text: String,
}

fn at(control: &'static str, text: impl Into<String>) -> Wrong {
    Wrong { control, is_in_control: true, text: text.into() }
}

pub(super) fn register(t: &Texts, error: &RegisterError) -> Wrong {
    match error {
        RegisterError::NotEmail => at("email", t.get("accounts.problem.not-email")),
        RegisterError::Password(problem) => at("password", password(t, problem)),
        RegisterError::Fault(fault) => self::fault(t, *fault, "email"),
    }
}

pub(super) fn code(t: &Texts, error: &CodeError) -> Wrong {
    match error {
        CodeError::Wrong { tries_left } => at("code", t.count("accounts.problem.code-wrong", (*tries_left).into())),
        CodeError::Dead | CodeError::NothingWaits => at("code", t.get("accounts.problem.code-dead")),
        CodeError::Fault(fault) => self::fault(t, *fault, "code"),
    }
}

pub(super) fn log_in(t: &Texts, error: &LogInError) -> Wrong {
    match error {
        LogInError::Wrong => at("email", t.get("accounts.problem.wrong")),
        LogInError::Fault(fault) => self::fault(t, *fault, "email"),
    }
}

/// `control` is the one that the page has.
pub(super) fn reset(t: &Texts, error: &ResetError, control: &'static str) -> Wrong {
    match error {
        ResetError::NotEmail => at(control, t.get("accounts.problem.not-email")),
        ResetError::Password(problem) => at(control, password(t, problem)),
        ResetError::Dead => Wrong { control, is_in_control: false, text: t.get("accounts.reset.dead").to_owned() },
        ResetError::Fault(fault) => self::fault(t, *fault, control),
    }
}

fn password(t: &Texts, problem: &PasswordProblem) -> String {
    match problem {
        PasswordProblem::TooShort { min } => t.count("accounts.problem.password-short", *min as u64),
        PasswordProblem::TooLong { max } => t.count("accounts.problem.password-long", *max as u64),
        PasswordProblem::Common => t.get("accounts.problem.password-common").to_owned(),
        PasswordProblem::FromEmail => t.get("accounts.problem.password-from-email").to_owned(),
    }
}

fn fault(t: &Texts, fault: Fault, control: &'static str) -> Wrong {
    let text = match fault {
        Fault::TooMany(wait) if wait.as_secs() < 60 => t.count("accounts.problem.too-many-seconds", wait.as_secs() + 1),
        Fault::TooMany(wait) => t.count("accounts.problem.too-many-minutes", wait.as_secs().div_ceil(60)),
        Fault::Busy(_) => t.get("accounts.problem.busy").to_owned(),
        Fault::Unavailable | Fault::Internal => t.get("accounts.problem.unavailable").to_owned(),
    };
    Wrong { control, is_in_control: false, text }
}
