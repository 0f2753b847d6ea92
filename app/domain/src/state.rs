//! The states of an application and the steps between them.

use serde::{Deserialize, Serialize};

/// Where an application stands. `data-state` of an application page says it in these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being filled in.
    Draft,
    /// Locked and numbered.
    Submitted,
}

/// How the fee of a submitted application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeState {
    /// There is no fee.
    None,
    /// The authority sends an invoice.
    ToBeInvoiced,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Draft, Self::Submitted].into_iter().find(|state| state.as_str() == name)
    }

    /// Whether the step from this state to `next` exists.
    pub fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Draft, Self::Submitted))
    }
}

impl FeeState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ToBeInvoiced => "to-be-invoiced",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::None, Self::ToBeInvoiced].into_iter().find(|state| state.as_str() == name)
    }
}
