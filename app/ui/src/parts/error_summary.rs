use leptos::prelude::*;

/// A problem, and the id of the control where it is put right, unless it concerns the whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorLink {
    pub control: Option<String>,
    pub text: String,
}

/// What is wrong on the page, at its top, read out as soon as the page is there. Shows nothing
/// while there are no problems.
#[component]
pub fn ErrorSummary(#[prop(into)] title: String, problems: Vec<ErrorLink>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        view! {
            <div class="summary" role="alert" id="problems" tabindex="-1" autofocus=true>
                <h2 class="summary__title">{title}</h2>
                <ul>{problems.into_iter().map(item).collect_view()}</ul>
            </div>
        }
    })
}

fn item(ErrorLink { control, text }: ErrorLink) -> AnyView {
    match control {
        Some(control) => view! { <li><a href=format!("#{control}")>{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    }
}
