//! My page: drafts, applications and messages of the account.

use backend::applications::{ApplicationEntry, Delivery, DraftEntry, MessageEntry, MyPage};
use domain::state::FeeState;
use leptos::prelude::*;

use crate::paths::Path;
use crate::site::Site;

/// `title` names a service in the language of the page.
pub fn my(site: &Site, my: &MyPage, title: impl Fn(&str, u32) -> String) -> AnyView {
    let t = site.texts;
    let is_empty = my.drafts.is_empty() && my.applications.is_empty();
    let drafts: Vec<_> =
        my.drafts.iter().map(|draft| draft_card(site, draft, title(&draft.service, draft.version))).collect();
    let applications: Vec<_> = my
        .applications
        .iter()
        .map(|application| application_card(site, application, title(&application.service, application.version)))
        .collect();
    view! {
        <h1>{t.get("my.title")}</h1>
        <p class="lead">{t.fill("my.logged-in-as", &[("email", &my.session.email)])}</p>
        {is_empty.then(|| nothing_yet(site))}
        {listed(t.get("my.drafts"), drafts)}
        {listed(t.get("my.applications"), applications)}
        {messages(site, &my.messages)}
    }
    .into_any()
}

fn nothing_yet(site: &Site) -> AnyView {
    let t = site.texts;
    view! {
        <div class="notice">
            <p>{t.get("my.nothing-yet")}</p>
            <p><a href=Path::Home.within(site.language).to_string()>{t.get("my.to-services")}</a></p>
        </div>
    }
    .into_any()
}

fn listed(title: &'static str, cards: Vec<AnyView>) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let items: Vec<_> = cards.into_iter().map(|card| view! { <li class="card">{card}</li> }).collect();
        view! { <section class="stack"><h2>{title}</h2><ul class="list">{items}</ul></section> }.into_any()
    })
}

fn draft_card(site: &Site, draft: &DraftEntry, title: String) -> AnyView {
    let t = site.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    view! {
        <h3>{title.clone()}</h3>
        <p>{t.fill("my.draft-saved", &[("time", &site.time_text(draft.saved))])}</p>
        <p>{t.fill("my.draft-kept", &[("day", &site.day_text(draft.kept_until))])}</p>
        <div class="buttons">
            <a class="button button--primary" href=to(Path::Continue(draft.id))>
                {t.get("my.draft-continue")}{of_which(&title)}
            </a>
            <a class="button button--quiet" href=to(Path::Delete(draft.id))>
                {t.get("my.draft-delete")}{of_which(&title)}
            </a>
        </div>
    }
    .into_any()
}

fn application_card(site: &Site, application: &ApplicationEntry, title: String) -> AnyView {
    let t = site.texts;
    let fee = (application.fee == FeeState::ToBeInvoiced).then(|| view! { <p>{t.get("my.fee-to-be-invoiced")}</p> });
    view! {
        <h3>{title}</h3>
        <p>{t.fill("my.submitted", &[("time", &site.time_text(application.submitted))])}</p>
        <p>{t.get("my.number")}" "<strong><bdi>{application.number.to_string()}</bdi></strong></p>
        {fee}
        <p>
            <a href=Path::Submitted(application.id).within(site.language).to_string()>
                {t.get("my.application-show")}{of_which(&application.number.to_string())}
            </a>
        </p>
    }
    .into_any()
}

/// Tells links with the same words apart for those who hear them one by one.
fn of_which(name: &str) -> AnyView {
    view! { <span class="visually-hidden">": "<bdi>{name.to_owned()}</bdi></span> }.into_any()
}

fn messages(site: &Site, messages: &[MessageEntry]) -> Option<AnyView> {
    let t = site.texts;
    let rows: Vec<_> = messages
        .iter()
        .map(|message| {
            let delivery = match message.delivery {
                Delivery::Waiting => t.get("my.message-waiting"),
                Delivery::Sent => t.get("my.message-sent"),
                Delivery::Failed => t.get("my.message-failed"),
            };
            view! {
                <div>
                    <dt>{message.subject.clone()}</dt>
                    <dd>{site.time_text(message.created)}<br />{delivery}</dd>
                </div>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="stack"><h2>{t.get("my.messages")}</h2><dl class="answers">{rows}</dl></section> }
            .into_any()
    })
}
