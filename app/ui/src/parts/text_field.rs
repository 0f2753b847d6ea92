use leptos::prelude::*;

/// A question of a plain form that is answered in one line, with its label, hint and problem.
#[component]
pub fn TextField(
    /// The id of the control, and its name.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    /// What helps to answer.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong with what was typed.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// The word before `error` for those who hear it, e.g. `Error:`.
    #[prop(optional, into)]
    error_word: String,
    /// The HTML type: `text`, `email`, `password` or `tel`.
    #[prop(default = "text")]
    html_type: &'static str,
    /// The HTML autocomplete token, e.g. `username`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(optional_no_strip)] inputmode: Option<&'static str>,
    /// How long the answer looks: `input`, or with `input--short` and the like.
    #[prop(default = "input")]
    class: &'static str,
    /// What was typed before; never a password or a code.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    // Addresses, passwords and numbers are written from left to right in every language.
    let is_latin = html_type != "text" || inputmode.is_some();
    let ids = [error.is_some().then(|| format!("{id}-problem")), hint.is_some().then(|| format!("{id}-hint"))];
    let described_by = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_wrong = error.is_some();
    let hint = hint.map(|hint| view! { <p class="question__hint" id=format!("{id}-hint")>{hint}</p> });
    let error = error.map(|error| {
        view! {
            <p class="question__problem" id=format!("{id}-problem")>
                <span class="visually-hidden">{error_word}" "</span>
                {error}
            </p>
        }
    });
    view! {
        <div class=if is_wrong { "question question--bad" } else { "question" } id=format!("q-{id}")>
            <label class="question__label" for=id.clone()>{label}</label>
            {hint}
            {error}
            <input
                class=class
                type=html_type
                id=id.clone()
                name=id.clone()
                value=(!value.is_empty()).then_some(value)
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize=is_latin.then_some("off")
                spellcheck=is_latin.then_some("false")
                dir=is_latin.then_some("ltr")
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=(!described_by.is_empty()).then_some(described_by)
            />
        </div>
    }
}
