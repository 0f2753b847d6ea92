use leptos::prelude::*;

/// The mark: the sun over a threshold. Only ornament; the name stands beside it.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#fff" fill-opacity=".16" />
            <path d="M7 18a9 9 0 0 1 18 0z" fill="#f4c64f" />
            <path d="M5 21h22M10 25.5h12" stroke="#fff" stroke-width="2.4" stroke-linecap="round" />
        </svg>
    }
}
