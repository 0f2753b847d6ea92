use leptos::prelude::*;

use super::Logo;

/// A link in the header or the footer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NavLink {
    pub href: String,
    pub text: String,
    /// The language of `text` and of the page behind it, when it is another than this page's.
    pub lang: Option<&'static str>,
    /// Whether it is the page that is open.
    pub is_here: bool,
    /// Presses a button of the page's form instead, which saves what is typed before it leads there.
    pub presses: Option<Press>,
}

/// A button that stands outside its form.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// The id of the form.
    pub form: &'static str,
    /// The value of `go`.
    pub go: String,
}

/// The way out, as a form: a link would let any other site log a person out.
#[derive(Clone, Debug, PartialEq)]
pub struct LogOut {
    pub action: String,
    pub text: String,
    /// Presses a button of the page's form instead, which saves what is typed.
    pub presses: Option<Press>,
}

/// The bar over every page: the name, the ways to other pages and languages, and out.
#[component]
pub fn SiteHeader(
    /// What everybody should know first, e.g. that this is a demonstration.
    notice: Option<String>,
    /// The name of the service point, e.g. `Lodge`.
    #[prop(into)]
    name: String,
    /// Where the name leads.
    #[prop(into)]
    home: String,
    /// What the list of links is called for those who hear it.
    #[prop(into)]
    label: String,
    links: Vec<NavLink>,
    /// For those who are logged in.
    log_out: Option<LogOut>,
) -> AnyView {
    let log_out = log_out.map(|LogOut { action, text, presses }| {
        let way = match presses {
            Some(press) => button(press, text, None),
            None => view! { <form method="post" action=action><button>{text}</button></form> }.into_any(),
        };
        view! { <li>{way}</li> }
    });
    view! {
        <header>
            {notice.map(|notice| view! { <p class="announcement">{notice}</p> })}
            <div class="bar">
                <div class="wide">
                    <a class="brand" href=home aria-label=name>
                        <Logo />
                        <span>{name.clone()}</span>
                    </a>
                    <nav aria-label=label>
                        <ul>{nav_items(links)} {log_out}</ul>
                    </nav>
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// The items of a list of links.
pub(super) fn nav_items(links: Vec<NavLink>) -> Vec<AnyView> {
    let item = |NavLink { href, text, lang, is_here, presses }| {
        let current = is_here.then_some("page");
        let way = match presses {
            Some(press) => button(press, text, lang),
            None => view! { <a href=href lang=lang hreflang=lang aria-current=current>{text}</a> }.into_any(),
        };
        view! { <li>{way}</li> }.into_any()
    };
    links.into_iter().map(item).collect()
}

fn button(Press { form, go }: Press, text: String, lang: Option<&'static str>) -> AnyView {
    view! { <button form=form name="go" value=go lang=lang>{text}</button> }.into_any()
}
