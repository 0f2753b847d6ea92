//! The document around a page.

use std::sync::LazyLock;

use i18n::Language;
use leptos::prelude::*;
use ui::layout::{Frame, LogOut, NavLink, PageFrame, Press, Shape};

use crate::islands::wizard::{FORM, to_language};
use crate::paths::Path;
use crate::site::Site;

/// The names of the built files, which change with their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

/// The scripts of a page.
#[derive(Clone, Debug)]
pub struct Scripts {
    /// The nonce that the response's Content-Security-Policy names.
    pub nonce: String,
    /// What lives on in the browser, if anything does.
    pub island: Option<Island>,
}

/// What lives on in the browser.
#[derive(Clone, Debug)]
pub enum Island {
    PasswordStrength,
    /// The wizard, which loads its form from a path.
    Wizard {
        pack: String,
    },
}

/// A page with all that stands around it.
pub struct Document<'a> {
    pub site: &'a Site,
    pub assets: &'a Assets,
    /// The page's path without its language, for the links to other languages.
    pub path: &'a str,
    pub title: String,
    pub shape: Shape,
    /// The state of the application that the page shows.
    pub state: Option<&'static str>,
    pub is_logged_in: bool,
    /// Needed where somebody is logged in, and where something lives on in the browser.
    pub scripts: Option<Scripts>,
    pub content: AnyView,
}

/// The whole page as HTML. Needs a reactive owner.
pub fn html(document: Document<'_>) -> String {
    let Document { site, assets, path, title, shape, state, is_logged_in, scripts, content } = document;
    let t = site.texts;
    let is_wizard = scripts.as_ref().is_some_and(|scripts| matches!(scripts.island, Some(Island::Wizard { .. })));
    let frame = frame(site, path, is_logged_in, is_wizard);
    let view = view! {
        <html lang=site.language.tag() dir=site.language.dir()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{format!("{title} – {}", t.get("common.name"))}</title>
                <meta name="description" content=t.get("common.description") />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                {scripts.map(|scripts| script(assets, &scripts, is_logged_in))}
            </head>
            <body data-state=state>
                <PageFrame frame=frame shape=shape>{content}</PageFrame>
            </body>
        </html>
    };
    let mut page = view.to_html();
    page.insert_str(0, "<!DOCTYPE html>");
    page
}

fn frame(site: &Site, path: &str, is_logged_in: bool, is_wizard: bool) -> Frame {
    let t = site.texts;
    // What is typed goes along.
    let press = |go: String| is_wizard.then_some(Press { form: FORM, go });
    let to = |path: Path<'_>| path.within(site.language).to_string();
    let link = |place: Path<'_>, text: &str| {
        let is_here = place.to_string() == path;
        NavLink { href: to(place), text: text.to_owned(), lang: None, is_here, presses: None }
    };
    let own =
        if is_logged_in { link(Path::My, t.get("common.my-page")) } else { link(Path::LogIn, t.get("common.log-in")) };
    let others = Language::ALL.into_iter().filter(|language| *language != site.language).map(|language| NavLink {
        href: in_language(path, language),
        text: language.own_name().to_owned(),
        lang: Some(language.tag()),
        is_here: false,
        presses: press(to_language(language)),
    });
    let outbox = site.is_demo.then(|| link(Path::Outbox, t.get("common.outbox")));
    Frame {
        notice: site.is_demo.then(|| t.get("common.demo").to_owned()),
        skip: t.get("common.skip").to_owned(),
        name: t.get("common.name").to_owned(),
        home: to(Path::Home),
        nav: t.get("common.navigation").to_owned(),
        links: [own].into_iter().chain(others).collect(),
        log_out: is_logged_in.then(|| LogOut {
            action: to(Path::LogOut),
            text: t.get("common.log-out").to_owned(),
            presses: press("leave".to_owned()),
        }),
        enter: press("continue".to_owned()),
        foot: t.get("common.footer").to_owned(),
        foot_links: outbox.into_iter().collect(),
    }
}

fn in_language(path: &str, language: Language) -> String {
    match path {
        "/" => Path::Home.within(language).to_string(),
        _ => format!("{}{path}", language.prefix()),
    }
}

fn script(assets: &Assets, scripts: &Scripts, is_logged_in: bool) -> AnyView {
    let nonce = scripts.nonce.clone();
    view! {
        {is_logged_in.then(|| view! { <script nonce=nonce.clone()>{GUARD.as_str()}</script> })}
        {scripts
            .island
            .as_ref()
            .map(|island| view! { <script type="module" nonce=nonce.clone()>{loader(assets, island)}</script> })}
    }
    .into_any()
}

/// Stands in the page itself: see `guard.js`. Without its comments and its indentation.
static GUARD: LazyLock<String> = LazyLock::new(|| {
    let lines = include_str!("guard.js").lines().map(str::trim);
    lines.filter(|line| !line.starts_with("//")).fold(String::new(), |text, line| text + line + "\n")
});

/// Loads the browser's part and hands each island over to it. When that fails, the page stays, or
/// becomes again, a plain form with all that was typed in it, and the guard says so.
///
/// Each step is a task of its own, so that between them a slow device takes in key presses.
///
/// The script itself fetches, all at once: a browser follows `preload` links even where scripts
/// are turned off, and people without JavaScript shall not pay for what they cannot use.
fn loader(assets: &Assets, island: &Island) -> String {
    let Assets { js, wasm, .. } = assets;
    let form = match island {
        Island::PasswordStrength => r#""""#.to_owned(),
        Island::Wizard { pack } => format!(r#"fetch("{pack}").then(r=>r.text())"#),
    };
    format!(
        r#"const form={form},code=fetch("{wasm}");
try{{
const lodge=await import("{js}");
await lodge.default({{module_or_path:code}});
lodge.read(await form);
await new Promise(r=>setTimeout(r));
for(const el of document.querySelectorAll("[data-island]"))lodge[el.dataset.island](el.dataset.props);
}}catch(e){{dispatchEvent(new Event("lodge-failed"));console.error(e)}}"#
    )
}
