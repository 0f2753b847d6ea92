use leptos::prelude::*;

use super::header::{NavLink, nav_items};

/// The foot of every page: who runs the service point, and a few links.
#[component]
pub fn SiteFooter(
    /// One line on who runs it.
    #[prop(into)]
    text: String,
    links: Vec<NavLink>,
) -> AnyView {
    let links = (!links.is_empty()).then(|| view! { <ul>{nav_items(links)}</ul> });
    view! {
        <footer class="foot">
            <div class="wide">
                <p>{text}</p>
                {links}
            </div>
        </footer>
    }
    .into_any()
}
