//! What the parts tell those who hear a page instead of seeing it.

use leptos::prelude::*;
use ui::layout::{Frame, LogOut, NavLink, PageFrame, Shape};
use ui::parts::{AnswerList, AnswerRow, ErrorLink, ErrorSummary, Step, StepMark, TextField, step_list, time_ring};

fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| view().to_html()).replace("<!>", "")
}

fn step(title: &str, mark: StepMark, href: Option<&str>) -> Step {
    let mark_text = format!("{mark:?}");
    Step { title: title.to_owned(), href: href.map(str::to_owned), mark, mark_text }
}

#[test]
fn a_problem_leads_to_the_control_where_it_is_put_right() {
    let problem = ErrorLink { control: Some("email".to_owned()), text: "Write an address".to_owned() };
    let page = html(|| view! { <ErrorSummary title="One problem" problems=vec![problem] /> }.into_any());
    assert!(page.contains(r#"role="alert""#), "{page}");
    assert!(page.contains(r##"<a href="#email">Write an address</a>"##), "{page}");
}

#[test]
fn a_page_without_problems_has_no_summary() {
    let page = html(|| view! { <ErrorSummary title="One problem" problems=vec![] /> }.into_any());
    assert!(!page.contains("One problem"), "{page}");
}

#[test]
fn a_wrong_control_names_its_problem_before_its_hint() {
    let page = html(|| {
        view! { <TextField id="email" label="E-mail" hint="For the code".to_owned() error="Not an address".to_owned() error_word="Error:" /> }
            .into_any()
    });
    assert!(page.contains(r#"aria-describedby="email-problem email-hint""#), "{page}");
    assert!(page.contains(r#"aria-invalid="true""#), "{page}");
    assert!(page.contains("Error: "), "{page}");
}

#[test]
fn a_right_control_says_nothing_of_problems() {
    let page = html(|| view! { <TextField id="email" label="E-mail" /> }.into_any());
    assert!(!page.contains("aria-"), "{page}");
    assert!(page.contains(r#"for="email""#), "{page}");
}

#[test]
fn an_address_is_written_from_left_to_right_in_arabic_too() {
    let page = html(|| view! { <TextField id="email" label="البريد" html_type="email" /> }.into_any());
    assert!(page.contains(r#"dir="ltr""#), "{page}");
}

#[test]
fn every_page_in_the_list_says_how_it_stands() {
    let steps = vec![
        step("About you", StepMark::Done, Some("/you")),
        step("Your passport", StepMark::Here, None),
        step("Your trip", StepMark::NotYet, None),
    ];
    let page = step_list(&steps).into_string();
    for mark in ["Done", "Here", "NotYet"] {
        assert!(page.contains(mark), "{page}");
    }
    assert_eq!(page.matches(r#"aria-current="step""#).count(), 1, "{page}");
    assert_eq!(page.matches("<a ").count(), 1, "only what can be reached is a link: {page}");
}

#[test]
fn the_ring_is_drawn_without_inline_style() {
    let page = time_ring(50, "1:00").into_string();
    assert!(page.contains(r#"stroke-dasharray="50 100""#), "{page}");
    assert!(!page.contains("style="), "the security policy allows none: {page}");
}

#[test]
fn each_change_link_says_what_it_changes() {
    let row = |question: &str, answer: Option<&str>| AnswerRow {
        question: question.to_owned(),
        answer: answer.map(str::to_owned),
        change: Some("/you".to_owned()),
        id: None,
    };
    let answers = vec![row("Surname", Some("Yıldız <b>")), row("Other names", None)];
    let page = html(|| view! { <AnswerList answers=answers change="Change" none="Not answered" /> }.into_any());
    assert!(page.contains("<bdi>Yıldız &lt;b&gt;</bdi>"), "{page}");
    assert!(page.contains(r#"Change<span class="visually-hidden"> Surname</span>"#), "{page}");
    assert!(page.contains("Not answered"), "{page}");
}

#[test]
fn logging_out_is_a_post_and_the_page_can_be_skipped_to() {
    let frame = Frame {
        name: "Lodge".to_owned(),
        skip: "Skip".to_owned(),
        links: vec![NavLink {
            href: "/sv".to_owned(),
            text: "Svenska".to_owned(),
            lang: Some("sv"),
            ..NavLink::default()
        }],
        log_out: Some(LogOut { action: "/logout".to_owned(), text: "Log out".to_owned(), presses: None }),
        ..Frame::default()
    };
    let page = html(|| view! { <PageFrame frame=frame shape=Shape::Column>"Hello"</PageFrame> }.into_any());
    assert!(page.contains(r#"<form method="post" action="/logout">"#), "{page}");
    assert!(page.contains(r##"href="#main""##) && page.contains(r#"id="main""#), "{page}");
    assert!(page.contains(r#"lang="sv" hreflang="sv""#), "{page}");
}
