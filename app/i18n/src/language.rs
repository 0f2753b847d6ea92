use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    En,
    #[serde(rename = "sv")]
    Sv,
    #[serde(rename = "ar")]
    Ar,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::En, Self::Sv, Self::Ar];

    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sv => "sv",
            Self::Ar => "ar",
        }
    }

    /// The direction of writing, for the `dir` attribute.
    pub fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Sv => "ltr",
        }
    }

    /// What paths in this language begin with; English ones begin with nothing.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Sv => "/sv",
            Self::Ar => "/ar",
        }
    }

    /// The name that its speakers use.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Sv => "Svenska",
            Self::Ar => "العربية",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}
