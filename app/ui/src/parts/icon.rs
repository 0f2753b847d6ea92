use leptos::prelude::*;
use maud::{Markup, html};

/// A picture that repeats what words beside it say; it is never read out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Done, saved, right.
    Check,
    /// Something is wrong or needs care.
    Warning,
    /// Something to know.
    Info,
    /// On, in the direction of reading.
    Forward,
    /// Back, against the direction of reading.
    Back,
    Printer,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Warning => "M12 4l9 16H3zM12 10v4M12 17v.01",
            Self::Info => "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.5v.01",
            Self::Forward => "M5 12h14M13 6l6 6-6 6",
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Printer => "M7 9V3h10v6M7 18H4V9h16v9h-3M7 14h10v7H7z",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Forward | Self::Back => "icon icon--flip",
            _ => "icon",
        }
    }

    /// The inline SVG, as tall as the text around it.
    pub fn view(self) -> AnyView {
        view! {
            <svg class=self.class() viewBox="0 0 24 24" aria-hidden="true">
                <path d=self.path() />
            </svg>
        }
        .into_any()
    }

    /// The same for what is written as HTML on both sides.
    pub fn html(self) -> Markup {
        html! {
            svg class=(self.class()) viewBox="0 0 24 24" aria-hidden="true" { path d=(self.path()) {} }
        }
    }
}
