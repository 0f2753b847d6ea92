use leptos::prelude::*;

/// A question with its answer, as it is read at review and on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    pub question: String,
    /// `None` when there is no answer.
    pub answer: Option<String>,
    /// Where the answer can be changed, while it can.
    pub change: Option<String>,
    /// The id to come back to after that.
    pub id: Option<String>,
}

/// Answers as a list, each with the way to change it.
#[component]
pub fn AnswerList(
    answers: Vec<AnswerRow>,
    /// The word of the links, e.g. `Change`; each link's question follows for those who hear it.
    #[prop(optional, into)]
    change: String,
    /// What stands where there is no answer.
    #[prop(into)]
    none: String,
) -> impl IntoView {
    let rows: Vec<_> = answers.into_iter().map(|answer| row(answer, &change, &none)).collect();
    view! { <dl class="answers">{rows}</dl> }
}

fn row(AnswerRow { question, answer, change, id }: AnswerRow, word: &str, none: &str) -> AnyView {
    let link = change.map(|href| {
        view! {
            <dd>
                <a href=href>{word.to_owned()}<span class="visually-hidden">" "{question.clone()}</span></a>
            </dd>
        }
    });
    let answer = match answer {
        // An answer may be written in the other direction than the page.
        Some(answer) => view! { <dd><bdi>{answer}</bdi></dd> }.into_any(),
        None => view! { <dd class="answers__none">{none.to_owned()}</dd> }.into_any(),
    };
    let tabindex = id.is_some().then_some("-1");
    view! { <div id=id tabindex=tabindex><dt>{question}</dt>{answer}{link}</div> }.into_any()
}
