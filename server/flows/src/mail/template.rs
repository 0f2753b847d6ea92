use storage::messages::Urgency;

/// The mails that Lodge sends, each with the values that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// `code`, `lifetime`.
    Code,
    /// At the log-in, after many wrong passwords: `code`, `lifetime`.
    LogInCode,
    /// To the holder of an account, when somebody registers the address again: `link`.
    AlreadyRegistered,
    /// `link`, `lifetime`.
    Reset,
    /// `time`, `link` to ask for a new password.
    PasswordChanged,
    /// `service`, `link`, `date` until which the draft is kept.
    DraftStarted,
    /// `service`, `link`, `date` of deletion, `left` until then.
    DraftReminder,
    /// `service`.
    DraftDeleted,
    /// `service`, `time`, `number`, `steps`, what the form says that comes now, one a line (empty where
    /// that is nothing), `fee` (empty where there is none), `address` to write to (empty where
    /// it is not known), `link`.
    Submitted,
}

/// The keys of a template's wording.
pub(super) struct Keys {
    pub subject: &'static str,
    pub text: &'static str,
    pub button: Option<&'static str>,
}

impl Template {
    pub const ALL: [Self; 9] = [
        Self::Code,
        Self::LogInCode,
        Self::AlreadyRegistered,
        Self::Reset,
        Self::PasswordChanged,
        Self::DraftStarted,
        Self::DraftReminder,
        Self::DraftDeleted,
        Self::Submitted,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::LogInCode => "log-in-code",
            Self::AlreadyRegistered => "already-registered",
            Self::Reset => "reset",
            Self::PasswordChanged => "password-changed",
            Self::DraftStarted => "draft-started",
            Self::DraftReminder => "draft-reminder",
            Self::DraftDeleted => "draft-deleted",
            Self::Submitted => "submitted",
        }
    }

    pub(super) fn urgency(self) -> Urgency {
        match self {
            Self::Code | Self::LogInCode | Self::AlreadyRegistered | Self::Reset => Urgency::Waited,
            _ => Urgency::Ordinary,
        }
    }

    pub(super) fn keys(self) -> Keys {
        let (subject, text, button) = match self {
            Self::Code => ("mail.code.subject", "mail.code.text", None),
            Self::LogInCode => ("mail.log-in-code.subject", "mail.log-in-code.text", None),
            Self::AlreadyRegistered => (
                "mail.already-registered.subject",
                "mail.already-registered.text",
                Some("mail.already-registered.button"),
            ),
            Self::Reset => ("mail.reset.subject", "mail.reset.text", Some("mail.reset.button")),
            Self::PasswordChanged => {
                ("mail.password-changed.subject", "mail.password-changed.text", Some("mail.password-changed.button"))
            }
            Self::DraftStarted => {
                ("mail.draft-started.subject", "mail.draft-started.text", Some("mail.draft-started.button"))
            }
            Self::DraftReminder => {
                ("mail.draft-reminder.subject", "mail.draft-reminder.text", Some("mail.draft-reminder.button"))
            }
            Self::DraftDeleted => ("mail.draft-deleted.subject", "mail.draft-deleted.text", None),
            Self::Submitted => ("mail.submitted.subject", "mail.submitted.text", Some("mail.submitted.button")),
        };
        Keys { subject, text, button }
    }
}
