//! My page: drafts, applications and messages of the account, each list in pages.

use backend::applications::{ApplicationEntry, Delivery, DraftEntry, Listed, MessageEntry, MyPage, MyPages};
use domain::state::FeeState;
use leptos::prelude::*;
use ui::edition::Edition;

use super::draft_words::draft_words;
use crate::paths::Path;
use crate::site::Site;

/// The lists of My page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Drafts,
    Applications,
    Messages,
}

impl List {
    const ALL: [Self; 3] = [Self::Drafts, Self::Applications, Self::Messages];

    /// In the address: `/my?messages=2#messages`.
    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Applications => "applications",
            Self::Messages => "messages",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Drafts => "my.drafts",
            Self::Applications => "my.applications",
            Self::Messages => "my.messages",
        }
    }

    fn page(self, asked: MyPages) -> u32 {
        match self {
            Self::Drafts => asked.drafts,
            Self::Applications => asked.applications,
            Self::Messages => asked.messages,
        }
    }

    /// To another page of this list, with the others as they are.
    fn link(self, site: &Site, asked: MyPages, to: u32) -> String {
        let number = |list: Self| if list == self { to } else { list.page(asked) };
        let pages = Self::ALL.into_iter().filter(|list| number(*list) > 0);
        let query: Vec<_> = pages.map(|list| format!("{}={}", list.name(), number(list).saturating_add(1))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}#{}", Path::My.within(site.language), query.join("&"), self.name())
    }
}

/// The pages that an address asks for; what is no number is the first.
pub fn asked(query: &[(String, String)]) -> MyPages {
    let page = |list: List| {
        let value = query.iter().find(|(name, _)| name == list.name()).map(|(_, value)| value);
        value.and_then(|value| value.parse::<u32>().ok()).map_or(0, |number| number.saturating_sub(1))
    };
    MyPages { drafts: page(List::Drafts), applications: page(List::Applications), messages: page(List::Messages) }
}

/// `edition` finds a form in the language of the page.
pub fn my(site: &Site, my: &MyPage, edition: impl Fn(&str, u32) -> Option<&'static Edition>) -> AnyView {
    let t = site.texts;
    let title = |service: &str, version| {
        edition(service, version).map_or_else(|| service.to_owned(), |edition| edition.pack.texts.title.clone())
    };
    let is_empty = my.asked == MyPages::default() && my.drafts.entries.is_empty() && my.applications.entries.is_empty();
    let drafts = my.drafts.entries.iter().map(|draft| draft_card(site, draft, edition(&draft.service, draft.version)));
    let applications = my
        .applications
        .entries
        .iter()
        .map(|application| application_card(site, application, title(&application.service, application.version)));
    view! {
        <h1>{t.get("my.title")}</h1>
        <p class="lead">{t.fill("my.logged-in-as", &[("email", &my.session.email)])}</p>
        {is_empty.then(|| nothing_yet(site))}
        {section(site, my.asked, List::Drafts, &my.drafts, cards(drafts))}
        {section(site, my.asked, List::Applications, &my.applications, cards(applications))}
        {section(site, my.asked, List::Messages, &my.messages, messages(site, &my.messages.entries))}
        {log_out_everywhere(site)}
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

/// A list with its title and the ways to its other pages; nothing when there never was anything.
fn section<T>(site: &Site, asked: MyPages, list: List, listed: &Listed<T>, entries: AnyView) -> Option<AnyView> {
    let t = site.texts;
    let page = list.page(asked);
    if listed.entries.is_empty() && page == 0 {
        return None;
    }
    let entries =
        if listed.entries.is_empty() { view! { <p>{t.get("my.page-empty")}</p> }.into_any() } else { entries };
    let title = t.get(list.title());
    let pages = (page > 0 || listed.has_more).then(|| other_pages(site, asked, list, listed));
    Some(view! { <section class="stack" id=list.name()><h2>{title}</h2>{entries}{pages}</section> }.into_any())
}

fn other_pages<T>(site: &Site, asked: MyPages, list: List, listed: &Listed<T>) -> AnyView {
    let t = site.texts;
    let page = list.page(asked);
    let link = |to: u32, rel: Option<&'static str>, text: &'static str| {
        let href = list.link(site, asked, to);
        view! { <a class="button button--quiet" href=href rel=rel>{t.get(text)}</a> }.into_any()
    };
    let before = match page {
        0 => None,
        _ if listed.entries.is_empty() => Some(link(0, None, "my.page-first")),
        page => Some(link(page - 1, Some("prev"), "my.page-before")),
    };
    let after = listed.has_more.then(|| link(page.saturating_add(1), Some("next"), "my.page-after"));
    let here = t.fill("my.page", &[("page", &page.saturating_add(1).to_string())]);
    view! {
        <nav class="buttons" aria-label=t.fill("my.pages", &[("list", t.get(list.title()))])>
            {before}
            <span aria-current="page">{here}</span>
            {after}
        </nav>
    }
    .into_any()
}

fn cards(cards: impl Iterator<Item = AnyView>) -> AnyView {
    let items: Vec<_> = cards.map(|card| view! { <li class="card">{card}</li> }).collect();
    view! { <ul class="list">{items}</ul> }.into_any()
}

fn draft_card(site: &Site, draft: &DraftEntry, edition: Option<&'static Edition>) -> AnyView {
    let t = site.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let service = edition.map_or_else(|| draft.service.clone(), |edition| edition.pack.texts.title.clone());
    let words = draft_words(site, edition, draft);
    view! {
        <h3>{service}</h3>
        {filled(words.title)}
        {filled(words.progress)}
        <p>{t.fill("my.draft-started", &[("time", &site.time_text(draft.started))])}</p>
        <p>{t.fill("my.draft-saved", &[("time", &site.time_text(draft.saved))])}</p>
        <p>{t.fill("my.draft-kept", &[("day", &site.day_text(draft.kept_until))])}</p>
        <div class="buttons">
            <a class="button button--primary" href=to(Path::Continue(draft.id))>
                {t.get("my.draft-continue")}{of_which(&words.name)}
            </a>
            <a class="button button--quiet" href=to(Path::Delete(draft.id))>
                {t.get("my.draft-delete")}{of_which(&words.name)}
            </a>
        </div>
    }
    .into_any()
}

/// A line, unless there is nothing to say in it. It may hold what a person has written.
fn filled(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <p><bdi>{text}</bdi></p> }.into_any())
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
pub(super) fn of_which(name: &str) -> AnyView {
    view! { <span class="visually-hidden">": "<bdi>{name.to_owned()}</bdi></span> }.into_any()
}

fn messages(site: &Site, messages: &[MessageEntry]) -> AnyView {
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
    view! { <dl class="answers">{rows}</dl> }.into_any()
}

fn log_out_everywhere(site: &Site) -> AnyView {
    let t = site.texts;
    view! {
        <form class="stack" method="post" action=Path::LogOutEverywhere.within(site.language).to_string()>
            <p class="question__hint" id="everywhere-hint">{t.get("my.everywhere-hint")}</p>
            <div class="buttons">
                <button class="button button--secondary" aria-describedby="everywhere-hint">{t.get("my.everywhere")}</button>
            </div>
        </form>
    }
    .into_any()
}
