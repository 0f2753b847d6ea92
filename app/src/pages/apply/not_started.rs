//! Why no other draft can be started just now.

use std::time::Duration;

use leptos::prelude::*;

use crate::paths::Path;
use crate::site::Site;

/// `count` drafts of the service are as many as there may be.
pub fn too_many(site: &Site, service: &str, count: u32) -> AnyView {
    let t = site.texts;
    not_started(site, t.get("my.too-many.title"), service, t.count("my.too-many", count.into()))
}

/// The next may be started after `wait`.
pub fn too_often(site: &Site, service: &str, wait: Duration) -> AnyView {
    let t = site.texts;
    let minutes = wait.as_secs().div_ceil(60).max(1);
    not_started(site, t.get("my.too-often.title"), service, t.count("my.too-often", minutes))
}

fn not_started(site: &Site, title: &'static str, service: &str, why: String) -> AnyView {
    let drafts = format!("{}#drafts", Path::My.within(site.language));
    view! {
        <h1>{title}</h1>
        <p class="lead">{service.to_owned()}</p>
        <div role="alert"><p>{why}</p></div>
        <div class="buttons">
            <a class="button button--primary" href=drafts>{site.texts.get("error.to-my-page")}</a>
        </div>
    }
    .into_any()
}
