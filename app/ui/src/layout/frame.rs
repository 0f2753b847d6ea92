use leptos::prelude::*;

use super::{FORM, LogOut, MAIN, NavLink, Press, SiteFooter, SiteHeader, SkipLink};

/// What stands around a page, in its language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// What everybody should know first, e.g. that this is a demonstration.
    pub notice: Option<String>,
    /// The words of the link that skips the header.
    pub skip: String,
    /// The name of the service point.
    pub name: String,
    /// Where the name leads.
    pub home: String,
    /// What the header's list of links is called.
    pub nav: String,
    pub links: Vec<NavLink>,
    /// For those who are logged in.
    pub log_out: Option<LogOut>,
    /// What Enter does in a text box of the page's form, where other buttons of the form stand before it.
    pub enter: Option<Press>,
    /// The footer's line.
    pub foot: String,
    pub foot_links: Vec<NavLink>,
}

/// How a page's content is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One column of text and forms.
    #[default]
    Column,
    /// As wide as the frame, e.g. for tiles and tables.
    Wide,
    /// The content lays itself out from edge to edge.
    Bare,
    /// As `Bare`, with a list of pages before what the page is about, which has the id [`FORM`].
    Wizard,
}

/// A whole page: header, content, footer. It goes straight into `<body>`.
#[component]
pub fn PageFrame(
    frame: Frame,
    #[prop(optional)] shape: Shape,
    /// The content, with its `<h1>`.
    children: Children,
) -> AnyView {
    let Frame { notice, skip, name, home, nav, links, log_out, enter, foot, foot_links } = frame;
    let content = match shape {
        Shape::Column => view! { <div class="wide column">{children()}</div> }.into_any(),
        Shape::Wide => view! { <div class="wide stack">{children()}</div> }.into_any(),
        Shape::Bare | Shape::Wizard => children(),
    };
    let class = if matches!(shape, Shape::Bare | Shape::Wizard) { "main main--bare" } else { "main" };
    let target = if shape == Shape::Wizard { FORM } else { MAIN };
    view! {
        {enter.map(first_button)}
        <SkipLink text=skip target=target />
        <SiteHeader notice=notice name=name home=home label=nav links=links log_out=log_out />
        <main class=class id=MAIN tabindex="-1">
            {content}
        </main>
        <SiteFooter text=foot links=foot_links />
    }
    .into_any()
}

/// Enter presses the first of all buttons of a form, wherever they stand. Nobody sees this one.
fn first_button(Press { form, go }: Press) -> AnyView {
    view! { <button class="visually-hidden" form=form name="go" value=go tabindex="-1" aria-hidden="true"></button> }
        .into_any()
}
