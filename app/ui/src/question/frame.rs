//! What stands around the controls of a question.

use leptos::prelude::*;

use super::Ask;

/// A question with one control: the label belongs to the control.
pub(super) fn with_label(ask: &Ask, problem: Memo<Option<String>>, control: AnyView) -> AnyView {
    let field = ask.field().to_owned();
    view! {
        <div class="question" class:question--bad=move || problem.with(Option::is_some) id=format!("q-{field}")>
            <label class="question__label" for=field.clone()>{label(ask)}</label>
            {around(ask, problem)}
            {control}
        </div>
    }
    .into_any()
}

/// A question with several controls: the legend belongs to all of them.
pub(super) fn with_legend(ask: &Ask, problem: Memo<Option<String>>, controls: AnyView) -> AnyView {
    let field = ask.field().to_owned();
    view! {
        <fieldset
            class="question"
            class:question--bad=move || problem.with(Option::is_some)
            id=format!("q-{field}")
            aria-describedby=described_by(ask, problem)
        >
            <legend class="question__label">{label(ask)}</legend>
            {around(ask, problem)}
            {controls}
        </fieldset>
    }
    .into_any()
}

/// The label, which says when a question need not be answered.
pub(super) fn label(ask: &Ask) -> AnyView {
    let texts = &ask.filling.edition.texts;
    let optional = ask.asked.question.optional.then(|| format!(" {}", texts.get("wizard.optional")));
    view! {
        {ask.wording().label.as_str()}
        <span class="question__optional">{optional}</span>
    }
    .into_any()
}

/// The hint, what is wrong, and what another window wrote.
pub(super) fn around(ask: &Ask, problem: Memo<Option<String>>) -> AnyView {
    let field = ask.field().to_owned();
    let wording = ask.wording();
    let error = ask.filling.edition.texts.get("wizard.error");
    let hint = (!wording.hint.is_empty()).then(|| {
        view! { <p class="question__hint" id=format!("{field}-hint")>{wording.hint.as_str()}</p> }
    });
    let problem_id = format!("{field}-problem");
    view! {
        {hint}
        <p class="question__problem" id=problem_id hidden=move || problem.with(Option::is_none)>
            <span class="visually-hidden">{error}" "</span>
            {move || problem.get()}
        </p>
        {contested(ask)}
    }
    .into_any()
}

/// The ids for `aria-describedby`: the hint, and the problem while there is one.
pub(super) fn described_by(ask: &Ask, problem: Memo<Option<String>>) -> impl Fn() -> Option<String> + Send + Clone + 'static {
    let field = ask.field().to_owned();
    let has_hint = !ask.wording().hint.is_empty();
    move || {
        let hint = has_hint.then(|| format!("{field}-hint"));
        let problem = problem.with(Option::is_some).then(|| format!("{field}-problem"));
        let ids: Vec<String> = problem.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// `aria-invalid` while there is a problem.
pub(super) fn invalid(problem: Memo<Option<String>>) -> impl Fn() -> Option<&'static str> + Send + Clone + 'static {
    move || problem.with(Option::is_some).then_some("true")
}

/// The other window's text, with the choice between the two.
fn contested(ask: &Ask) -> AnyView {
    let filling = ask.filling;
    let field = ask.field().to_owned();
    let texts = &filling.edition.texts;
    let other = {
        let field = field.clone();
        Memo::new(move |_| filling.contested.with(|contested| contested.get(&field).cloned()))
    };
    (move || {
        let field = field.clone();
        other.get().map(move |other| {
            view! {
                <div class="contested">
                    <p>{texts.fill("wizard.contested", &[("text", &other)])}</p>
                    <button class="button button--secondary" name="go" value=format!("keep:{field}")>
                        {texts.get("wizard.contested-keep")}
                    </button>
                    <button class="button button--secondary" name="go" value=format!("take:{field}")>
                        {texts.get("wizard.contested-take")}
                    </button>
                </div>
            }
        })
    })
    .into_any()
}
