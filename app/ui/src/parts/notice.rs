use leptos::prelude::*;

use super::Icon;

/// What kind of news something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Good,
    Warn,
    Bad,
}

/// A message that stands out from the text around it.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    /// What it says, in a sentence or a few.
    children: Children,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Info => ("notice", Icon::Info),
        Tone::Good => ("notice notice--good", Icon::Check),
        Tone::Warn => ("notice notice--warn", Icon::Warning),
        Tone::Bad => ("notice notice--bad", Icon::Warning),
    };
    view! {
        <div class=class>
            {icon.view()}
            <div class="stack">{children()}</div>
        </div>
    }
}
