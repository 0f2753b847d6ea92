use leptos::prelude::*;

/// The copy for paper, shown as a sheet on the screen. Its head is a table head to the printer,
/// which browsers repeat on every page; the page numbers come from the style sheet.
#[component]
pub fn PrintSheet(
    /// The name of the service, e.g. `Visit visa`.
    #[prop(into)]
    service: String,
    /// What the copy is filed under.
    #[prop(into)]
    reference: String,
    /// The day of the copy, as the language writes it.
    #[prop(into)]
    date: String,
    /// In words, e.g. that it is a draft and not submitted.
    #[prop(into)]
    status: String,
    /// The answers.
    children: Children,
) -> AnyView {
    view! {
        <article class="sheet">
            <header class="sheet__head">
                <div class="sheet__line">
                    <strong>{service}</strong>
                    <span>{reference}</span>
                    <span>{date}</span>
                    <strong>{status}</strong>
                </div>
            </header>
            <div class="sheet__body">{children()}</div>
        </article>
    }
    .into_any()
}
