use leptos::prelude::*;

use super::Icon;

/// How a page stands in the list of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepMark {
    Done,
    /// The page that is open.
    Here,
    /// Something on it is wrong.
    Problem,
    NotYet,
}

/// A page in the list of pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub title: String,
    /// Where it leads, when one may go there.
    pub href: Option<String>,
    pub mark: StepMark,
    /// The mark in words, for those who don't see it.
    pub mark_text: String,
}

/// The pages of an application in order: what is done, what has problems, and where one is.
#[component]
pub fn StepList(steps: Vec<Step>) -> impl IntoView {
    view! { <ol class="steps">{steps.into_iter().map(item).collect_view()}</ol> }
}

fn item(Step { title, href, mark, mark_text }: Step) -> AnyView {
    let (class, sign) = match mark {
        StepMark::Done => ("step step--done", Some(Icon::Check.view())),
        StepMark::Here => ("step step--here", None),
        StepMark::Problem => ("step step--problem", Some("!".into_any())),
        StepMark::NotYet => ("step", None),
    };
    let content = view! {
        <span class="step__mark" aria-hidden="true">{sign}</span>
        <span>{title}<span class="visually-hidden">", "{mark_text}</span></span>
    };
    let current = (mark == StepMark::Here).then_some("step");
    let content = match href {
        Some(href) => view! { <a href=href>{content}</a> }.into_any(),
        None => view! { <span aria-current=current>{content}</span> }.into_any(),
    };
    view! { <li class=class>{content}</li> }.into_any()
}
