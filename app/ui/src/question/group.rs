use leptos::prelude::*;

use super::{Ask, Question, frame};

/// The same questions once for each row, with buttons to add and remove rows. Without
/// JavaScript the buttons post the form; in the browser the island does the same at once.
pub(super) fn group(ask: Ask, max: usize) -> AnyView {
    let problem = ask.problem();
    let filling = ask.filling;
    let field = ask.field().to_owned();
    let t = &filling.edition.texts;
    let rows = {
        let field = field.clone();
        Memo::new(move |_| filling.row_ids(&field))
    };
    let is_full = move || rows.with(Vec::len) >= max;
    let what = ask.wording().row.as_str();
    let children = {
        let ask = ask.clone();
        move |row: String| row_view(&ask, rows, row)
    };
    view! {
        <fieldset class="question group" class:question--bad=move || problem.with(Option::is_some) id=format!("q-{field}")>
            <legend class="question__label">{frame::label(&ask)}</legend>
            {frame::around(&ask, problem)}
            <For each=move || rows.get() key=String::clone children=children />
            <button
                class="button button--secondary"
                name="go"
                id=field.clone()
                value=format!("add:{field}")
                hidden=is_full
            >
                {t.fill("wizard.add", &[("what", what)])}
            </button>
        </fieldset>
    }
    .into_any()
}

fn row_view(ask: &Ask, rows: Memo<Vec<String>>, row: String) -> AnyView {
    let filling = ask.filling;
    let field = ask.field().to_owned();
    let wording = ask.wording();
    let texts = &filling.edition.texts;
    let title_id = format!("{field}.{row}");
    let remove = format!("remove:{field}.{row}");
    let asked = {
        let row = row.clone();
        Memo::new(move |_| filling.row_asked(&field, &row))
    };
    // Rows are numbered as they stand, so that removing one renumbers the others.
    let title = Memo::new(move |_| {
        let number = rows.with(|rows| rows.iter().position(|each| *each == row)).map_or(0, |index| index + 1);
        format!("{} {number}", wording.row)
    });
    view! {
        <section class="row" aria-labelledby=title_id.clone()>
            <h3 class="row__title" id=title_id.clone()>{move || title.get()}</h3>
            <For
                each=move || asked.get()
                key=|asked| asked.field.clone()
                children=move |asked| view! { <Question ask=Ask { asked, filling } /> }
            />
            <button class="button button--quiet" name="go" value=remove>
                {move || title.with(|title| texts.fill("wizard.remove", &[("what", title)]))}
            </button>
        </section>
    }
    .into_any()
}
