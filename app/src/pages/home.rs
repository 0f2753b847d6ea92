//! The front page: the services and the way in.

use leptos::prelude::*;
use ui::edition::Edition;

use crate::paths::Path;
use crate::site::Site;

/// `editions` are the newest form of each service in the language of the page.
pub fn home(site: &Site, editions: &[&'static Edition], is_logged_in: bool) -> AnyView {
    let t = site.texts;
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let ways = if is_logged_in {
        view! { <a class="button button--primary" href=to(Path::My)>{t.get("common.my-page")}</a> }.into_any()
    } else {
        view! {
            <a class="button button--primary" href=to(Path::LogIn)>{t.get("common.log-in")}</a>
            <a class="button button--secondary" href=to(Path::Register)>{t.get("common.register")}</a>
        }
        .into_any()
    };
    let services: Vec<_> = editions
        .iter()
        .map(|edition| {
            view! {
                <li lang=edition.form_language() dir=edition.form_dir()>
                    <a class="card" href=to(Path::Service(&edition.pack.form.service))>
                        <h3>{edition.pack.texts.title.as_str()}</h3>
                        <p>{edition.pack.texts.start.lead.as_str()}</p>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <div class="hero">
            <div class="wide">
                <h1>{t.get("service.home-title")}</h1>
                <p class="lead">{t.get("service.home-lead")}</p>
                <div class="buttons">{ways}</div>
            </div>
        </div>
        <div class="wide stack">
            <h2>{t.get("service.services")}</h2>
            <ul class="tiles">{services}</ul>
        </div>
    }
    .into_any()
}
