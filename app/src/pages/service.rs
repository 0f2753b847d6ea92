//! The start page of a service, before anybody logs in. Looking creates no draft.

use backend::applications::DraftEntry;
use domain::form::{Fee, Form};
use i18n::{Language, Texts, format};
use leptos::prelude::*;
use ui::edition::Edition;

use super::draft_words::draft_words;
use super::my::of_which;
use crate::paths::Path;
use crate::site::Site;

/// Who looks at the page.
pub enum Visitor {
    Unknown,
    /// Somebody who is logged in, with their newest drafts of this service and the form of each in the
    /// language of the page.
    LoggedIn(Vec<(DraftEntry, Option<&'static Edition>)>),
}

/// `languages` are those in which the form is written.
pub fn service(site: &Site, edition: &'static Edition, languages: &[Language], visitor: &Visitor) -> AnyView {
    let t = site.texts;
    let form = &edition.pack.form;
    let start = &edition.pack.texts.start;
    let not_for = (!start.not_for.is_empty()).then(|| section(edition, t.get("service.not-for"), &start.not_for));
    view! {
        <div lang=edition.form_language() dir=edition.form_dir()>
            <h1>{edition.pack.texts.title.as_str()}</h1>
            <p class="lead">{start.lead.as_str()}</p>
        </div>
        {other_languages(site, edition, languages)}
        {drafts(site, visitor)}
        {begin(site, &form.service, visitor)}
        {section(edition, t.get("service.who"), &start.who)}
        {not_for}
        {section(edition, t.get("service.needed"), &start.needed)}
        <section class="stack">
            <h2>{t.get("service.good-to-know")}</h2>
            {facts(t, edition)}
        </section>
        {begin(site, &form.service, visitor)}
    }
    .into_any()
}

/// The drafts that there are already, and the way to go on with each.
fn drafts(site: &Site, visitor: &Visitor) -> Option<AnyView> {
    let Visitor::LoggedIn(drafts) = visitor else { return None };
    let t = site.texts;
    let items: Vec<_> = drafts.iter().map(|(draft, edition)| draft_item(site, draft, *edition)).collect();
    let my_page = Path::My.within(site.language).to_string();
    (!items.is_empty()).then(|| {
        view! {
            <section class="notice">
                <div class="stack">
                    <h2>{t.get("service.drafts-title")}</h2>
                    <ul class="list">{items}</ul>
                    <p><a href=my_page>{t.get("service.drafts-all")}</a></p>
                </div>
            </section>
        }
        .into_any()
    })
}

fn draft_item(site: &Site, draft: &DraftEntry, edition: Option<&'static Edition>) -> AnyView {
    let t = site.texts;
    let words = draft_words(site, edition, draft);
    let saved = t.fill("my.draft-saved", &[("time", &site.time_text(draft.saved))]);
    let lines: Vec<_> = [words.title, words.progress, saved].into_iter().filter(|line| !line.is_empty()).collect();
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <p><bdi>{line}</bdi></p> }).collect();
    view! {
        <li>
            {lines}
            <div class="buttons">
                <a class="button button--primary" href=Path::Continue(draft.id).within(site.language).to_string()>
                    {t.get("my.draft-continue")}{of_which(&words.name)}
                </a>
            </div>
        </li>
    }
    .into_any()
}

/// Says in which languages the form is, where that of the page is not among them.
fn other_languages(site: &Site, edition: &Edition, languages: &[Language]) -> Option<AnyView> {
    edition.form_language()?;
    let t = site.texts;
    let names: Vec<&str> = languages.iter().map(|language| language_name(t, *language)).collect();
    let names = format::list(&names, site.language);
    let text = t.fill("service.form-languages", &[("languages", &names)]);
    Some(view! { <p class="notice">{text}</p> }.into_any())
}

fn language_name(t: &'static Texts, language: Language) -> &'static str {
    match language {
        Language::En => t.get("common.language-en"),
        Language::Sv => t.get("common.language-sv"),
        Language::Ar => t.get("common.language-ar"),
    }
}

/// The button that starts a draft; those who are not logged in log in first and come back here.
fn begin(site: &Site, service: &str, visitor: &Visitor) -> AnyView {
    let t = site.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    if let Visitor::LoggedIn(drafts) = visitor {
        let (class, text) = match drafts.is_empty() {
            true => ("button button--primary", "service.start"),
            false => ("button button--secondary", "service.start-another"),
        };
        return view! {
            <form class="buttons" method="post" action=to(Path::Apply(service))>
                <button class=class>{t.get(text)}</button>
            </form>
        }
        .into_any();
    }
    let back = to(Path::Service(service));
    view! {
        <div class="buttons">
            <a class="button button--primary" href=format!("{}?next={back}", to(Path::LogIn))>
                {t.get("service.log-in-to-start")}
            </a>
            <a class="button button--secondary" href=format!("{}?next={back}", to(Path::Register))>
                {t.get("common.register")}
            </a>
        </div>
    }
    .into_any()
}

fn section(edition: &'static Edition, title: &'static str, lines: &'static [String]) -> AnyView {
    let items: Vec<_> = lines.iter().map(|line| view! { <li>{line.as_str()}</li> }).collect();
    view! {
        <section class="stack">
            <h2>{title}</h2>
            <ul lang=edition.form_language() dir=edition.form_dir()>{items}</ul>
        </section>
    }
    .into_any()
}

fn facts(t: &'static Texts, edition: &'static Edition) -> AnyView {
    let form = &edition.pack.form;
    let (from, to) = (form.minutes.0.to_string(), form.minutes.1.to_string());
    let keep = t.count("service.keep-days", form.keep_days.into());
    view! {
        <dl class="answers">
            <div><dt>{t.get("service.fee")}</dt><dd>{fees(t, form)}</dd></div>
            <div>
                <dt>{t.get("service.time-to-fill")}</dt>
                <dd>{t.fill("service.minutes", &[("from", &from), ("to", &to)])}</dd>
            </div>
            <div>
                <dt>{t.get("service.decision")}</dt>
                <dd lang=edition.form_language()>{edition.pack.texts.start.decision_time.as_str()}</dd>
            </div>
            <div><dt>{t.get("service.keeping")}</dt><dd>{keep}</dd></div>
        </dl>
    }
    .into_any()
}

/// `At most EUR 90, depending on your answers`: the highest fee.
fn fees(t: &Texts, form: &Form) -> String {
    let highest = form.fees.iter().max_by_key(|fee| fee.amount);
    let Some(highest) = highest else { return t.get("service.no-fee").to_owned() };
    let amount = fee_text(t, highest);
    let is_fixed = form.fees.len() == 1 && highest.when.is_none();
    if is_fixed { amount } else { t.fill("service.fee-up-to", &[("amount", &amount)]) }
}

/// A fee with its currency.
pub fn fee_text(t: &Texts, fee: &Fee) -> String {
    format::money(fee.amount.into(), &fee.currency, t.language())
}
