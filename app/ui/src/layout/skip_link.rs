use leptos::prelude::*;

/// The id of `<main>`.
pub const MAIN: &str = "main";

/// The first link of a page, seen only when it has the focus: past the header, to what it is about.
#[component]
pub fn SkipLink(
    /// Its words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <a class="skip" href=format!("#{MAIN}")>{text}</a> }
}
