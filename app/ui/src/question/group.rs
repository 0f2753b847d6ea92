use std::collections::BTreeMap;

use domain::form::Kind;
use domain::journey::{Asked, Row};
use domain::question_button::QuestionButton;
use domain::shown::shown;
use domain::taken_out::TakenOut;
use maud::{Markup, html};

use super::{Ask, contested, frame, questions};
use crate::edition::Edition;
use crate::filling::Filling;
use crate::wording::{answer_text, row_title};

/// The same questions once for each row, with buttons to add and remove rows. Without
/// JavaScript the buttons post the form; in the browser the island does the same at once.
pub(super) fn group(ask: &Ask<'_>, max: usize) -> Markup {
    let field = ask.field();
    let add = ask.edition().texts.fill("wizard.add", &[("what", &ask.wording().row)]);
    let controls = html! {
        // Says that the group was asked, whatever rows it has.
        input type="hidden" name="_asked" value=(field);
        div id={ (field) "-rows" } {
            @for (index, each) in ask.asked.rows.iter().enumerate() {
                (row(ask.filling, ask.asked, each, index + 1, ask.problems))
            }
        }
        div class="removed" id={ (field) "-removed" } role="status" { (removed(ask.filling, ask.asked)) }
        p class="question__hint" id={ (field) "-unshown" } { (unshown(ask.edition(), ask.asked)) }
        button class="button button--secondary" name="go" id=(field) value=(QuestionButton::AddRow(field.to_owned()))
            hidden[ask.asked.rows.len() >= max] { (add) }
    };
    frame::with_legend(ask, "question group", controls)
}

/// Says how many rows are kept that are not shown; empty while all are.
pub fn unshown(edition: &Edition, group: &Asked<'static>) -> String {
    if group.unshown == 0 { String::new() } else { edition.texts.count("wizard.rows-unshown", group.unshown as u64) }
}

/// Says which rows were taken out, each with the button that puts it back.
pub fn removed(filling: &Filling<'_>, group: &Asked<'static>) -> Markup {
    let t = &filling.edition.texts;
    let is_gone = |taken: &&TakenOut| taken.is_of(&group.field) && !filling.answers.has_row(&taken.row);
    html! {
        @for taken in filling.taken_out.iter().filter(is_gone) {
            @let what = name_of(filling, group, taken);
            p id={ (taken.row) "-removed" } tabindex="-1" {
                (t.fill("wizard.removed", &[("what", &what)])) " "
                button class="button button--quiet" name="go" value=(QuestionButton::PutRowBack(taken.row.clone())) {
                    (t.get("wizard.undo")) span class="visually-hidden" { " " (what) }
                }
            }
        }
    }
}

/// A row as it was called, with the first thing that stood in it: `Visit 2 (Germany)`.
fn name_of(filling: &Filling<'_>, group: &Asked<'static>, taken: &TakenOut) -> String {
    let title = row_title(filling.edition, group, taken.number);
    let Kind::Group { questions, .. } = &group.question.kind else { return title };
    let answer = questions.iter().find_map(|question| {
        let (field, key) = (format!("{}.{}", taken.row, question.id), format!("{}.{}", group.key, question.id));
        let asked = Asked { question, field, key, rows: Vec::new(), unshown: 0 };
        answer_text(filling.edition, &asked.key, &shown(&asked, &taken.answers, filling.today))
    });
    let Some(line) = answer.as_deref().and_then(|answer| answer.lines().next()) else { return title };
    let line: String = line.chars().take(40).collect();
    filling.edition.texts.fill_in("{row} ({answer})", &[("row", &title), ("answer", &line)])
}

/// One row of a group; `number` counts from 1.
pub fn row(
    filling: &Filling<'_>,
    group: &Asked<'static>,
    row: &Row<'static>,
    number: usize,
    problems: &BTreeMap<&str, String>,
) -> Markup {
    let name = row.name(group);
    let (title, remove) = row_words(filling.edition, group, number);
    html! {
        section class="row" role="group" data-key=(row.id) aria-labelledby=(name) {
            h2 class="row__title" id=(name) tabindex="-1" { (title) }
            (contested::place(&name, contested::in_row(filling, &name)))
            div id={ (name) "-questions" } { (questions(filling, &row.asked, problems)) }
            button class="button button--quiet" name="go" value=(QuestionButton::RemoveRow(name.clone()))
                id={ (name) "-remove" } hidden[is_last_row(group)] { (remove) }
        }
    }
}

/// What a row is called, and its button to take it out.
pub fn row_words(edition: &Edition, group: &Asked<'static>, number: usize) -> (String, String) {
    let title = row_title(edition, group, number);
    let remove = edition.texts.fill("wizard.remove", &[("what", &title)]);
    (title, remove)
}

/// Whether a group that needs rows has but one: taken out, an empty one would take its place.
pub fn is_last_row(group: &Asked<'static>) -> bool {
    group.rows.len() == 1 && matches!(group.question.kind, Kind::Group { min: 1.., .. })
}
