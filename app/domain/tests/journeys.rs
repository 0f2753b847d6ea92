//! The way through a form, over generated forms and answers.

mod generated;

use std::time::{Duration, Instant};

use domain::answers::Answers;
use domain::condition::Condition;
use domain::form::{Form, Kind, Page, Question};
use domain::journey::{Asked, Journey, Place, Progress};
use domain::problem::Problem;
use domain::shown::shown;
use generated::{TODAY, answers, choice, form, forms, group, page, question, typed};
use proptest::prelude::*;

fn if_yes(question: &str) -> Option<Condition> {
    Some(Condition::OneOf { question: question.to_owned(), values: vec!["yes".to_owned()] })
}

fn married() -> Form {
    let spouse = Question { when: if_yes("married"), ..question("spouse", Kind::Text { max: 40 }) };
    let since = Question { when: if_yes("married"), ..question("since", Kind::Date { earliest: None, latest: None }) };
    let visit = Page { when: if_yes("married"), ..page("visit", vec![question("with-spouse", Kind::YesNo)]) };
    form(vec![
        page("family", vec![question("married", Kind::YesNo), spouse, since]),
        visit,
        page("end", vec![question("sure", Kind::YesNo)]),
    ])
}

fn fields(journey: &Journey<'_>) -> Vec<String> {
    journey.stops.iter().flat_map(|stop| &stop.asked).map(|asked| asked.field.clone()).collect()
}

#[test]
fn an_answer_opens_and_closes_questions_and_pages() {
    let form = married();
    let yes = typed(&[("married", "yes")]);
    assert_eq!(fields(&Journey::of(&form, &yes, TODAY)), ["married", "spouse", "since", "with-spouse", "sure"]);
    let no = typed(&[("married", "no")]);
    assert_eq!(fields(&Journey::of(&form, &no, TODAY)), ["married", "sure"]);
}

#[test]
fn hidden_answers_stay_in_the_draft_but_are_not_submitted() {
    let form = married();
    let all = [
        ("spouse", "Bo"),
        ("since-day", "1"),
        ("since-month", "2"),
        ("since-year", "2020"),
        ("with-spouse", "no"),
        ("sure", "yes"),
    ];
    let mut answers = typed(&all);
    answers.set("married", "no");
    let journey = Journey::of(&form, &answers, TODAY);
    assert!(journey.is_complete());
    assert_eq!(journey.submission(&answers), typed(&[("married", "no"), ("sure", "yes")]));
    answers.set("married", "yes");
    assert_eq!(Journey::of(&form, &answers, TODAY).submission(&answers), answers);
}

#[test]
fn continue_goes_to_the_next_page_that_is_asked_and_back_the_same_way() {
    let form = married();
    let answers = typed(&[("married", "no")]);
    let journey = Journey::of(&form, &answers, TODAY);
    assert_eq!(journey.after("family"), Some(Place::Page("end")));
    assert_eq!(journey.before(Place::Page("end")), Some("family"));
    assert_eq!(journey.before(Place::Page("family")), None);
    assert_eq!(journey.before(Place::Review), Some("end"));
    assert_eq!(journey.after("end"), None);
    assert_eq!((journey.after("visit"), journey.before(Place::Page("visit"))), (None, None));
    assert_eq!(journey.frontier(), Place::Page("end"));
    assert!(journey.is_reachable(Place::Page("end")) && !journey.is_reachable(Place::Review));
    assert!(!journey.is_reachable(Place::Page("visit")));
}

#[test]
fn a_page_says_whether_continue_was_tried_on_it() {
    let form = married();
    let answers = typed(&[("married", "no")]);
    let journey = Journey::of(&form, &answers, TODAY);
    let progress = |id, tried| journey.stop(id).map(|stop| stop.progress(tried));
    assert_eq!(progress("family", true), Some(Progress::Done));
    assert_eq!(progress("end", false), Some(Progress::NotYet));
    assert_eq!(progress("end", true), Some(Progress::Problem));
}

#[test]
fn a_page_whose_questions_are_all_hidden_is_left_out() {
    let hidden = Question { when: if_yes("married"), ..question("spouse", Kind::Text { max: 40 }) };
    let form = form(vec![page("a", vec![question("married", Kind::YesNo)]), page("b", vec![hidden])]);
    let answers = typed(&[("married", "no")]);
    assert_eq!(Journey::of(&form, &answers, TODAY).after("a"), Some(Place::Review));
}

#[test]
fn rows_of_a_group_are_asked_once_each_and_only_those_that_a_form_makes() {
    let form = form(vec![page("a", vec![group("children", vec![question("name", Kind::Text { max: 9 })], 0, 3)])]);
    let answers =
        typed(&[("children", "k2\nk1\nk2\nk1.name\n k3"), ("children.k1.name", "Bo"), ("children.k9.name", "gone")]);
    let journey = Journey::of(&form, &answers, TODAY);
    let rows: Vec<&str> = journey.stops[0].asked[0].rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(rows, ["k2", "k1"]);
    assert_eq!(journey.stops[0].problems.len(), 1);
    assert_eq!(journey.stops[0].problems[0].field, "children.k2.name");
    assert_eq!(journey.submission(&answers).text("children.k9.name"), "");
}

/// A group that needs a row, whose questions are `optional` or not.
fn needs_a_row(optional: bool) -> Form {
    let name = Question { optional, ..question("name", Kind::Text { max: 9 }) };
    form(vec![page("a", vec![group("children", vec![name], 1, 3)])])
}

fn in_rows(journey: &Journey<'_>) -> Vec<String> {
    let rows = journey.stops.iter().flat_map(|stop| &stop.asked).flat_map(|asked| &asked.rows);
    rows.flat_map(|row| &row.asked).map(|asked| asked.field.clone()).collect()
}

#[test]
fn a_group_that_needs_rows_opens_with_one_in_which_the_problem_is() {
    let (form, nothing) = (needs_a_row(false), Answers::default());
    let journey = Journey::of(&form, &nothing, TODAY);
    assert_eq!(in_rows(&journey), ["children.1.name"]);
    let problems: Vec<_> = journey.stops[0].problems.iter().map(|each| (each.field.as_str(), &each.problem)).collect();
    assert_eq!(problems, [("children.1.name", &Problem::Missing)]);
    assert_eq!(form.opening_row("children", &nothing).as_deref(), Some("children.1"));
    assert!(journey.submission(&nothing).is_empty());
}

#[test]
fn a_row_in_which_nothing_need_be_typed_is_still_needed() {
    let form = needs_a_row(true);
    let problems = |answers: &[(&str, &str)]| Journey::of(&form, &typed(answers), TODAY).stops[0].problems.clone();
    let missing = problems(&[]);
    assert_eq!((missing[0].field.as_str(), &missing[0].problem), ("children", &Problem::TooFewRows(1)));
    assert_eq!(problems(&[("children", "k1")]), []);
}

#[test]
fn a_group_opens_with_no_row_where_it_has_some_or_needs_none() {
    let answers = typed(&[("children", "k1"), ("children.k1.name", "Bo")]);
    let form = needs_a_row(false);
    assert_eq!(in_rows(&Journey::of(&form, &answers, TODAY)), ["children.k1.name"]);
    assert_eq!(form.opening_row("children", &answers), None);
    assert_eq!(form.opening_row("children.k1", &answers), None);
    let free = free_of_rows();
    assert_eq!(free.opening_row("children", &Answers::default()), None);
    assert!(in_rows(&Journey::of(&free, &Answers::default(), TODAY)).is_empty());
}

fn free_of_rows() -> Form {
    form(vec![page("a", vec![group("children", vec![question("name", Kind::Text { max: 9 })], 0, 3)])])
}

#[test]
fn who_comes_back_goes_on_where_they_left_or_at_what_is_not_right_before_it() {
    let form = married();
    let resume = |answers: &[(&str, &str)], left| match Journey::of(&form, &typed(answers), TODAY).resume(left) {
        Place::Page(id) => id.to_owned(),
        Place::Review => "review".to_owned(),
    };
    let done = [("married", "no"), ("sure", "yes")];
    assert_eq!(resume(&done, "family"), "family");
    assert_eq!(resume(&done, "end"), "end");
    assert_eq!(resume(&done, "visit"), "review", "a page that is not asked any more");
    assert_eq!(resume(&[], "end"), "family");
    assert_eq!(resume(&done, ""), "family", "who has left no page begins at the beginning");
}

#[test]
fn a_page_owns_its_controls_and_no_others() {
    let inner =
        vec![question("name", Kind::Text { max: 9 }), question("born", Kind::Date { earliest: None, latest: None })];
    let page =
        page("a", vec![question("trip", Kind::Date { earliest: None, latest: None }), group("children", inner, 0, 3)]);
    for field in ["trip-day", "trip-year", "children", "children.k1.name", "children.k1.born-month"] {
        assert!(page.owns(field), "{field}");
    }
    for field in [
        "",
        "trip",
        "trip-",
        "trip-dayx",
        "children.k1",
        "children.k1.born",
        "children.name",
        "children.k1.k2.name",
        "childrenx",
    ] {
        assert!(!page.owns(field), "{field}");
    }
}

/// 120 children with twelve questions each, some with conditions on the row and on the page before.
fn large_family(rows: usize) -> (Form, Answers) {
    let outer = (0..60).map(|n| choice(&format!("before.q{n}"))).collect();
    let inner = (0..12)
        .map(|n| Question {
            when: if_yes(&if n % 3 == 2 { format!("q{}", n - 1) } else { format!("before.q{}", n + 40) }),
            ..choice(&format!("q{n}"))
        })
        .collect();
    let form = form(vec![page("before", outer), page("children", vec![group("children", inner, 0, 200)])]);
    let mut answers = Answers::default();
    (0..60).for_each(|n| answers.set(&format!("before.q{n}"), "yes"));
    for row in 0..rows {
        answers.add_row(&format!("children.k{row}"));
        (0..12).for_each(|n| answers.set(&format!("children.k{row}.q{n}"), "yes"));
    }
    (form, answers)
}

fn quickest(form: &Form, answers: &Answers) -> Duration {
    let one = || {
        let start = Instant::now();
        assert!(Journey::of(form, answers, TODAY).is_complete());
        start.elapsed()
    };
    (0..7).map(|_| one()).min().unwrap_or_default()
}

#[test]
fn a_hundred_and_twenty_rows_are_walked_well_within_fifty_milliseconds() {
    let (form, answers) = large_family(120);
    let time = quickest(&form, &answers);
    println!("120 rows: {time:?}");
    assert!(time < Duration::from_millis(50), "{time:?}");
}

#[test]
fn the_time_for_a_walk_grows_with_the_rows_and_not_with_their_square() {
    let few = large_family(25);
    let many = large_family(200);
    let (few, many) = (quickest(&few.0, &few.1), quickest(&many.0, &many.1));
    println!("25 rows: {few:?}, 200 rows: {many:?}");
    assert!(many < few * 24, "25 rows take {few:?}, 200 rows {many:?}");
}

fn each_asked<'j>(journey: &'j Journey<'_>) -> Vec<&'j Asked<'j>> {
    let outer = journey.stops.iter().flat_map(|stop| &stop.asked);
    outer.flat_map(|asked| asked.rows.iter().flat_map(|row| &row.asked).chain([asked])).collect()
}

proptest! {
    #[test]
    fn any_answers_never_panic(form in forms(), answers in answers()) {
        let journey = Journey::of(&form, &answers, TODAY);
        for asked in each_asked(&journey) {
            let _ = shown(asked, &answers, TODAY);
        }
        for place in form.pages.iter().map(|page| Place::Page(&page.id)).chain([Place::Review, Place::Page("none")]) {
            let _ = (journey.before(place), journey.is_reachable(place));
            if let Place::Page(id) = place {
                let _ = (journey.after(id), journey.stop(id).map(|stop| stop.progress(true)));
            }
        }
        for problem in journey.stops.iter().flat_map(|stop| &stop.problems) {
            prop_assert!(!problem.control().is_empty());
        }
    }

    /// If anything hidden were submitted, or anything asked left out, the journey of what is
    /// submitted would differ.
    #[test]
    fn what_is_submitted_is_what_was_asked_and_nothing_hidden(form in forms(), answers in answers()) {
        let journey = Journey::of(&form, &answers, TODAY);
        let submission = journey.submission(&answers);
        prop_assert_eq!(&Journey::of(&form, &submission, TODAY), &journey);
        let asked = each_asked(&journey);
        for (field, text) in submission.iter() {
            prop_assert_eq!(answers.text(field), text);
            prop_assert!(asked.iter().any(|asked| field == asked.field
                || field.strip_prefix(&asked.field).is_some_and(|part| matches!(part, "-day" | "-month" | "-year"))));
        }
        for asked in asked {
            prop_assert_eq!(shown(asked, &submission, TODAY), shown(asked, &answers, TODAY));
        }
    }

    #[test]
    fn what_nobody_asks_changes_nothing(form in forms(), answers in answers(), text in ".{0,9}") {
        // Nothing else is ever stored.
        let is_ours = |field: &str| form.pages.iter().any(|page| page.owns(field));
        let ours = answers.iter().filter(|(field, _)| is_ours(field));
        let answers: Answers = ours.map(|(field, text)| (field.to_owned(), text.to_owned())).collect();
        let journey = Journey::of(&form, &answers, TODAY);
        let asked = journey.submission(&answers);
        for (field, _) in answers.iter().filter(|(field, _)| asked.text(field).is_empty()) {
            let mut other = answers.clone();
            other.set(field, "");
            prop_assert_eq!(&Journey::of(&form, &other, TODAY), &journey);
            // Text may not stand where it would now be asked; this field is hidden whatever it says.
            other.set(field, &text);
            prop_assert_eq!(&Journey::of(&form, &other, TODAY), &journey);
        }
    }

    #[test]
    fn the_review_is_reached_exactly_when_nothing_is_missing(form in forms(), answers in answers()) {
        let journey = Journey::of(&form, &answers, TODAY);
        prop_assert_eq!(journey.frontier() == Place::Review, journey.is_complete());
        prop_assert_eq!(journey.is_reachable(Place::Review), journey.is_complete());
        prop_assert!(journey.is_reachable(journey.frontier()));

        let mut place = journey.stops.first().map_or(Place::Review, |stop| Place::Page(&stop.page.id));
        let mut steps = 0;
        while let Place::Page(id) = place {
            let Some(next) = journey.after(id) else { break };
            prop_assert_eq!(journey.before(next), Some(id));
            (place, steps) = (next, steps + 1);
            prop_assert!(steps <= form.pages.len());
        }
        prop_assert_eq!(place, journey.frontier());

        let required_and_empty = each_asked(&journey).into_iter().any(|asked| {
            !asked.question.optional
                && !matches!(asked.question.kind, Kind::Group { .. })
                && answers.text(&asked.field).trim().is_empty()
                && !matches!(answers.date(&asked.field), Ok(Some(_)))
        });
        prop_assert!(!(required_and_empty && journey.is_complete()));
    }

    #[test]
    fn an_answer_on_a_later_page_never_changes_an_earlier_one(
        form in forms(), answers in answers(), text in ".{0,9}", pick in any::<prop::sample::Index>(),
    ) {
        let journey = Journey::of(&form, &answers, TODAY);
        prop_assume!(!journey.stops.is_empty());
        let at = pick.index(journey.stops.len());
        let mut other = answers.clone();
        for asked in &journey.stops[at].asked {
            other.set(&asked.field, &text);
        }
        prop_assert_eq!(&Journey::of(&form, &other, TODAY).stops[..at], &journey.stops[..at]);
    }
}
