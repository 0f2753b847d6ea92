//! All answers of an application, for review, paper and the submitted page.

use domain::answers::Answers;
use domain::journey::{Asked, Journey, Stop};
use domain::shown::shown;
use leptos::prelude::*;
use ui::edition::Edition;
use ui::parts::{AnswerList, AnswerRow};
use ui::question::unshown;
use ui::wording::answer_text;

use crate::site::Site;

/// What an application says, read by a form.
pub(super) struct Read<'a> {
    pub site: &'a Site,
    pub edition: &'static Edition,
    pub answers: &'a Answers,
}

/// Makes the link beside an answer from the page and the question.
pub(super) type Change<'a> = &'a dyn Fn(&str, &Asked<'static>) -> String;

/// Every page with its answers. `change` makes a link beside each.
pub(super) fn all(read: &Read<'_>, journey: &Journey<'static>, change: Option<Change<'_>>) -> AnyView {
    let pages: Vec<_> = journey.stops.iter().map(|stop| page(read, stop, change)).collect();
    pages.into_any()
}

fn page(read: &Read<'_>, stop: &Stop<'static>, change: Option<Change<'_>>) -> AnyView {
    let edition = read.edition;
    let t = &edition.texts;
    let link = |asked: &Asked<'static>| change.map(|change| change(&stop.page.id, asked));
    let mut rows = Vec::new();
    stop.asked.iter().for_each(|asked| add(read, asked, "", &link, &mut rows));
    view! {
        <section class="stack" lang=edition.form_language() dir=edition.form_dir()>
            <h2>{edition.page(&stop.page.id).title.as_str()}</h2>
            <AnswerList answers=rows change=t.get("wizard.change") none=t.get("wizard.not-answered") />
        </section>
    }
    .into_any()
}

/// Adds a question, and after a group the questions of each of its rows. `row` names the row.
fn add(
    read: &Read<'_>,
    asked: &Asked<'static>,
    row: &str,
    link: &dyn Fn(&Asked<'static>) -> Option<String>,
    rows: &mut Vec<AnswerRow>,
) {
    let Read { site, edition, answers } = *read;
    let wording = edition.question(&asked.key);
    let change = link(asked);
    let id = change.as_ref().map(|_| asked.field.clone());
    rows.push(AnswerRow {
        question: format!("{row}{}", wording.label),
        answer: answer_text(edition, &asked.key, &shown(asked, answers, site.today())),
        change,
        id,
    });
    for (index, inner) in asked.rows.iter().enumerate() {
        let name = format!("{} {}: ", wording.row, index + 1);
        inner.asked.iter().for_each(|each| add(read, each, &name, link, rows));
    }
    if asked.unshown > 0 {
        let answer = Some(unshown(edition, asked));
        rows.push(AnswerRow { question: wording.label.clone(), answer, change: link(asked), id: None });
    }
}
