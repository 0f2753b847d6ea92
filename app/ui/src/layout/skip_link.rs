use leptos::prelude::*;

/// The id of `<main>`.
pub const MAIN: &str = "main";
/// The id of the part of `<main>` that holds the form, where something stands before it.
pub const FORM: &str = "form";

/// The first link of a page, seen only when it has the focus: past the header, to what it is about.
#[component]
pub fn SkipLink(
    /// Its words.
    #[prop(into)]
    text: String,
    /// The id of where it leads.
    #[prop(default = MAIN)]
    target: &'static str,
) -> impl IntoView {
    view! { <a class="skip" href=format!("#{target}")>{text}</a> }
}
