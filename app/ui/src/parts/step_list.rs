use maud::{Markup, html};

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
pub fn step_list(steps: &[Step]) -> Markup {
    html! { ol class="steps" { @for step in steps { (item(step)) } } }
}

fn item(step: &Step) -> Markup {
    let class = match step.mark {
        StepMark::Done => "step step--done",
        StepMark::Here => "step step--here",
        StepMark::Problem => "step step--problem",
        StepMark::NotYet => "step",
    };
    let content = html! {
        span class="step__mark" aria-hidden="true" {
            @match step.mark {
                StepMark::Done => (Icon::Check.html()),
                StepMark::Problem => "!",
                StepMark::Here | StepMark::NotYet => "",
            }
        }
        span { (step.title) span class="visually-hidden" { ", " (step.mark_text) } }
    };
    let current = (step.mark == StepMark::Here).then_some("step");
    html! {
        li class=(class) {
            @match &step.href {
                Some(href) => a href=(href) { (content) },
                None => span aria-current=[current] { (content) },
            }
        }
    }
}
