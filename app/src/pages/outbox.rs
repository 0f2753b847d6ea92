//! The demo's outbox: every message that was sent, as a mail program would show it.

use jiff::Timestamp;
use leptos::prelude::*;

use crate::paths::Path;
use crate::site::Site;

/// A message, as far as the list shows it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub created: Timestamp,
}

/// `messages` are the newest, newest first.
pub fn outbox(site: &Site, messages: &[Message]) -> AnyView {
    let t = site.texts;
    let items: Vec<_> = messages.iter().map(|message| view! { <li class="card">{one(site, message)}</li> }).collect();
    let list = match items.is_empty() {
        true => view! { <p class="notice">{t.get("demo.empty")}</p> }.into_any(),
        false => view! { <ul class="list outbox">{items}</ul> }.into_any(),
    };
    view! {
        <h1>{t.get("common.outbox")}</h1>
        <p class="lead">{t.get("demo.about")}</p>
        {list}
    }
    .into_any()
}

/// The HTML part stands in a frame of its own, where its styles reach nothing else.
fn one(site: &Site, message: &Message) -> AnyView {
    let t = site.texts;
    let frame = format!("{}/{}", Path::Outbox, message.id);
    view! {
        <h2>{message.subject.clone()}</h2>
        <p>{t.fill("demo.to", &[("address", &message.to)])}" · "{site.time_text(message.created)}</p>
        <iframe class="outbox__mail" src=frame title=message.subject.clone() sandbox="allow-popups allow-top-navigation-by-user-activation"></iframe>
        <details>
            <summary>{t.get("demo.as-text")}</summary>
            <pre class="outbox__text">{message.text.clone()}</pre>
        </details>
    }
    .into_any()
}
