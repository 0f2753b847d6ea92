//! A page of a draft.

use std::collections::BTreeMap;

use app::arrival::{Arrival, is_name};
use app::islands::wizard::{MORE, OpenPage, PROBLEMS, wizard};
use app::pages::accounts::After;
use app::pages::apply::not_saved::{WhyNot, not_saved};
use app::paths::{Path, SAVED_HEADER};
use app::site::Site;
use axum::extract::{Path as Params, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use backend::drafts::{Draft, DraftError, Kept};
use backend::fault::Fault;
use domain::answers::{fits, weight};
use domain::control::is_among;
use domain::ids::ApplicationId;
use domain::journey::{Journey, Place};
use domain::question_button::QuestionButton;
use i18n::Language;
use ui::layout::Shape;

use super::form::{Go, Posted, read};
use super::open::{Opened, open_draft, with_form};
use crate::editions::Published;
use crate::extract::{Fields, InLanguage, Session, SharedComputer};
use crate::render::{self, Page, see_other};
use crate::routes::accounts::log_out_and_say;
use crate::routes::answer::{draft_error, not_found};
use crate::state::AppState;

/// The most that a page shows of texts that could not be saved, in bytes as [`weight`] counts them.
const SHOWN_BESIDE: usize = 300_000;
/// The most that is sent back to be posted again, counted in the same way.
const SENT_BACK: usize = 3_000_000;

/// Shows a page; one that may not be opened yet leads to the first that is not right.
pub async fn show(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params((id, page)): Params<(String, String)>,
    RawQuery(query): RawQuery,
    SharedComputer(is_shared_computer): SharedComputer,
    session: Session,
) -> Response {
    let opened = match open_draft(&state, &session, &id, language, |id| Path::Page(id, &page)).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let journey = opened.journey(&state, language);
    let Opened { draft, form } = opened;
    let edition = form.edition;
    if edition.pack.form.page(&page).is_none() {
        return not_found();
    }
    if !journey.is_reachable(Place::Page(&page)) {
        return to_open(journey.frontier(), &draft, language);
    }
    let site = Site { is_shared_computer, ..state.site(language) };
    let open = site.open_page(&draft, &page, &Arrival::read(query.as_deref()));
    let state_name = if journey.is_complete() { "ready" } else { "draft" };
    render(&state, &site, form, open, state_name)
}

fn render(state: &AppState, site: &Site, form: &Published, open: OpenPage, state_name: &'static str) -> Response {
    let path = Path::Page(open.draft, &open.page).to_string();
    let (title, page) = wizard(form.edition, open);
    let about = Page { site, path: &path, title, shape: Shape::Wizard, state: Some(state_name), is_logged_in: true };
    render::wizard(state, about, &form.path, page)
}

/// Saves what was typed, whatever it is, and goes where the button says. Who is not logged in any
/// more goes to the log-in, and finds it in the draft afterwards.
pub async fn save(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params((id, page)): Params<(String, String)>,
    shared: SharedComputer,
    session: Result<Session, Response>,
    Fields(fields): Fields,
) -> Response {
    let Ok(id) = id.parse::<ApplicationId>() else { return not_found() };
    let session = session.ok();
    let token = session.as_ref().map(|session| &session.token);
    let posted = read(&page, fields);
    let draft = match state.drafts.draft_save_or_seal(token, id, &posted.ticket, posted.save.clone()).await {
        Ok(Kept::Saved(draft)) => *draft,
        Ok(Kept::Sealed) => return log_in_to_find(id, &page, language),
        Err(DraftError::TooLarge) => return too_large(&state, session.as_ref(), shared, id, &posted, language).await,
        Err(DraftError::TooMuch) => {
            return send_again(&state, TOO_MUCH, id, &posted, session.is_some(), language);
        }
        Err(DraftError::Fault(fault)) => return try_again(&state, fault, id, &posted, session.is_some(), language),
        Err(error) => return draft_error(error, Path::Page(id, &page), language),
    };
    let next = Path::Page(id, &page).within(language).to_string();
    match (posted.go, token) {
        (Go::Save, _) => (StatusCode::NO_CONTENT, [(SAVED_HEADER, "yes")]).into_response(),
        (Go::Leave, Some(token)) => log_out_and_say(&state, token, language, None).await,
        (Go::TimeIsUp, Some(token)) => log_out_and_say(&state, token, language, Some(&next)).await,
        (Go::Back | Go::Continue, _) => match with_form(&state, draft, language) {
            Some(opened) => go(&state, &opened, &page, &posted, language),
            None => not_found(),
        },
        (Go::Language(other), _) => again(id, &page, &posted.arrival, other),
        _ => match with_form(&state, draft, language) {
            Some(opened) => again(id, &page, &beside(&state, &opened, &page, &posted, language), language),
            None => not_found(),
        },
    }
}

/// To the log-in, which says that what was typed is safe, and from there to the page.
fn log_in_to_find(id: ApplicationId, page: &str, language: Language) -> Response {
    let next = Path::Page(id, page).within(language);
    Redirect::to(&format!("{}?after={}&next={next}", Path::LogIn.within(language), After::Sealed.name()))
        .into_response()
}

/// The page again, with everything that was typed, though a text is longer than a field may hold
/// and could not be saved. It says which.
async fn too_large(
    state: &AppState,
    session: Option<&Session>,
    SharedComputer(is_shared_computer): SharedComputer,
    id: ApplicationId,
    posted: &Posted,
    language: Language,
) -> Response {
    let page = &posted.save.page;
    let opened = match session {
        Some(session) => open_draft(state, session, &id.to_string(), language, |id| Path::Page(id, page)).await.ok(),
        None => None,
    };
    let typed: BTreeMap<_, _> = posted
        .save
        .changes
        .fields
        .iter()
        .filter(|(_, text)| !fits(text))
        .map(|(f, t)| (f.clone(), t.clone()))
        .collect();
    // Who cannot open the draft now gets everything back, to be sent again when it is shorter; so does
    // who has typed more than a page can show beside all else.
    let is_little = typed.values().map(|text| weight(text)).sum::<usize>() <= SHOWN_BESIDE;
    let Some(opened) = opened.filter(|_| is_little) else {
        return send_again(state, TOO_LONG, id, posted, session.is_some(), language);
    };
    if opened.form.edition.pack.form.page(page).is_none() {
        return not_found();
    }
    let site = Site { is_shared_computer, ..state.site(language) };
    let mut open = site.open_page(&opened.draft, page, &posted.arrival);
    // The rest is stored, perhaps beside what another window wrote there.
    open.typed = typed;
    open.tried.insert(page.clone());
    (StatusCode::PAYLOAD_TOO_LARGE, render(state, &site, opened.form, open, "draft")).into_response()
}

/// Everything that was typed, with a button to save it again: it could not be stored just now.
fn try_again(
    state: &AppState,
    fault: Fault,
    id: ApplicationId,
    posted: &Posted,
    is_logged_in: bool,
    language: Language,
) -> Response {
    let answer = render::fault(fault);
    if posted.go == Go::Save {
        return answer;
    }
    let mut page = send_again(state, (answer.status(), WhyNot::Unreachable), id, posted, is_logged_in, language);
    page.headers_mut().extend(answer.headers().get(RETRY_AFTER).map(|wait| (RETRY_AFTER, wait.clone())));
    page
}

const TOO_LONG: (StatusCode, WhyNot) = (StatusCode::PAYLOAD_TOO_LARGE, WhyNot::TooLong);
const TOO_MUCH: (StatusCode, WhyNot) = (StatusCode::PAYLOAD_TOO_LARGE, WhyNot::TooMuch);

/// Everything that was posted, with a button to post it again.
fn send_again(
    state: &AppState,
    (status, why): (StatusCode, WhyNot),
    id: ApplicationId,
    posted: &Posted,
    is_logged_in: bool,
    language: Language,
) -> Response {
    let fields = posted.fields();
    // A page that holds more than this would cost everybody else too much.
    if fields.iter().map(|(name, value)| name.len() + weight(value)).sum::<usize>() > SENT_BACK {
        return status.into_response();
    }
    let site = state.site(language);
    let path = Path::Page(id, &posted.save.page);
    let action = path.clone().within(language).to_string();
    let about = Page {
        site: &site,
        path: &path.to_string(),
        title: format!("{} {}", site.texts.get("wizard.error"), site.texts.get("error.not-saved-title")),
        shape: Shape::Column,
        state: Some("draft"),
        is_logged_in,
    };
    let page = render::page(state, about, || not_saved(&site, &action, &fields, why));
    (status, page).into_response()
}

/// Where Back or Continue leads. A page that is not right stays, and shows what is wrong because
/// the draft says that Continue was tried there.
fn go(state: &AppState, opened: &Opened<'_>, page: &str, posted: &Posted, language: Language) -> Response {
    let from_review = posted.arrival.review.is_some();
    let journey = opened.journey(state, language);
    let id = opened.draft.id;
    let stay = if journey.position(page).is_some() { Place::Page(page) } else { journey.frontier() };
    let more = if posted.go == Go::Continue { brought_up(&journey, page, posted) } else { Vec::new() };
    if !more.is_empty() {
        let problems = journey.stop(page).map_or(&[][..], |stop| stop.problems.as_slice());
        let is_wrong = problems.iter().any(|each| !is_among(&each.field, &more));
        let at = if is_wrong { PROBLEMS } else { MORE }.to_owned();
        return again(id, page, &Arrival { more, at, ..posted.arrival.clone() }, language);
    }
    let place = match posted.go {
        Go::Back => journey.before(Place::Page(page)).map_or(stay, Place::Page),
        _ => journey.go_on(page, from_review).unwrap_or(stay),
    };
    match place {
        Place::Page(same) if same == page => {
            again(id, same, &Arrival { at: PROBLEMS.to_owned(), ..posted.arrival.clone() }, language)
        }
        // By way of what the change has made wrong, and then back to the review.
        Place::Page(other) if from_review && posted.go == Go::Continue => {
            again(id, other, &Arrival { review: posted.arrival.review.clone(), ..Arrival::default() }, language)
        }
        Place::Review => {
            let at = posted.arrival.review.clone().unwrap_or_default();
            let review = Path::Review(id).within(language).to_string();
            Redirect::to(&Arrival { at, ..Arrival::default() }.address(&review)).into_response()
        }
        place => to(place, id, language),
    }
}

/// The names of the questions that are asked on the page now and were not in the form as it was
/// posted: nobody has seen them yet.
fn brought_up(journey: &Journey<'_>, page: &str, posted: &Posted) -> Vec<String> {
    let Some((stop, controls)) = journey.stop(page).zip(posted.controls()) else { return Vec::new() };
    stop.missing_in(&controls).into_iter().map(|asked| asked.field.clone()).collect()
}

/// How the page is shown again after a button beside a question: where it has done something.
fn beside(state: &AppState, opened: &Opened<'_>, page: &str, posted: &Posted, language: Language) -> Arrival {
    let mut arrival = posted.arrival.clone();
    let answers = &opened.draft.stored.answers;
    let journey = opened.journey(state, language);
    let find = |name: &str| journey.stop(page).and_then(|stop| stop.question(name));
    match &posted.save.button {
        Some(QuestionButton::AddRow(group)) => {
            let first = find(group).and_then(|group| group.rows.last()?.asked.first());
            arrival.at = first.map(|first| first.control(answers)).unwrap_or_default();
        }
        Some(QuestionButton::RemoveRow(row)) if !answers.has_row(row) && is_name(row) => {
            arrival.at = format!("{row}-removed");
            arrival.removed.push(row.clone());
        }
        Some(QuestionButton::RemoveRow(row) | QuestionButton::PutRowBack(row)) if is_name(row) => {
            arrival.at.clone_from(row);
        }
        Some(QuestionButton::KeepOwn(place) | QuestionButton::TakeOther(place)) if is_name(place) => {
            arrival.at = find(place).map_or_else(|| place.clone(), |asked| asked.control(answers));
        }
        _ => {}
    }
    arrival
}

/// The page again.
fn again(id: ApplicationId, page: &str, arrival: &Arrival, language: Language) -> Response {
    Redirect::to(&arrival.address(&Path::Page(id, page).within(language).to_string())).into_response()
}

/// To a page of the draft that has just been opened, which passes on what there is to say.
pub(super) fn to_open(place: Place<'_>, draft: &Draft, language: Language) -> Response {
    match place {
        Place::Page(page) if draft.has_regained => {
            again(draft.id, page, &Arrival { has_regained: true, ..Arrival::default() }, language)
        }
        place => to(place, draft.id, language),
    }
}

pub(super) fn to(place: Place<'_>, id: ApplicationId, language: Language) -> Response {
    match place {
        Place::Page(page) => see_other(Path::Page(id, page), language),
        Place::Review => see_other(Path::Review(id), language),
    }
}
