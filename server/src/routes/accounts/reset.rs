use app::pages::accounts::{After, Reset, ResetChoose, reset_dead, reset_sent};
use app::paths::Path;
use axum::extract::{Path as Params, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::accounts::ResetError;
use i18n::{Language, Texts};

use super::forms::{From, add, faulty, new_password_page, page, refused, see, text, title};
use crate::cookies::Cookie;
use crate::extract::{Fields, InLanguage};
use crate::render;
use crate::state::AppState;

/// With `?sent`, what comes after asking for a link.
pub async fn form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    if query.iter().any(|(name, _)| name == "sent") {
        let lifetime = flows::mail::lifetime(language, state.settings.reset_time);
        let title = Texts::of(language).get("accounts.reset.sent-title");
        return page(&state, language, Path::Reset, title, |t| reset_sent(t, &lifetime));
    }
    reset_page(&state, language, &Reset::default())
}

pub async fn request(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    From(client): From,
    Fields(fields): Fields,
) -> Response {
    let email = text(&fields, "email");
    match state.accounts.reset_request(email, language.tag(), &client).await {
        Ok(()) => see(Path::Reset, language, &[("sent", "")]),
        Err(problem) => {
            let form = Reset { email: email.to_owned(), problem: Some(problem.clone()) };
            let page = reset_page(&state, language, &form);
            match problem {
                ResetError::Fault(fault) => faulty(fault, page),
                _ => refused(StatusCode::UNPROCESSABLE_ENTITY, page),
            }
        }
    }
}

/// Looking uses nothing up: mail scanners follow links.
pub async fn choose_form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(token): Params<String>,
) -> Response {
    match state.accounts.reset_is_open(&token).await {
        Ok(true) => choose_page(&state, language, &ResetChoose { token, problem: None }),
        Ok(false) => dead_page(&state, language),
        Err(fault) => render::fault(fault),
    }
}

pub async fn choose(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    Params(token): Params<String>,
    Fields(fields): Fields,
) -> Response {
    match state.accounts.reset_finish(&token, text(&fields, "password")).await {
        Ok(()) => {
            let mut response = see(Path::LogIn, language, &[("after", After::Reset.name())]);
            // Every session has ended, that of this browser too.
            if let Some(cookie) = Cookie::Session.clear(state.settings.is_https()) {
                add(response.headers_mut(), cookie);
            }
            response
        }
        Err(ResetError::Dead) => dead_page(&state, language),
        Err(problem) => {
            let page = choose_page(&state, language, &ResetChoose { token, problem: Some(problem.clone()) });
            match problem {
                ResetError::Fault(fault) => faulty(fault, page),
                _ => refused(StatusCode::UNPROCESSABLE_ENTITY, page),
            }
        }
    }
}

fn reset_page(state: &AppState, language: Language, form: &Reset) -> Response {
    let title = title(language, "accounts.reset.title", form.problem.is_some());
    page(state, language, Path::Reset, &title, |t| form.view(t))
}

fn choose_page(state: &AppState, language: Language, form: &ResetChoose) -> Response {
    let title = title(language, "accounts.reset.choose-title", form.problem.is_some());
    new_password_page(state, language, Path::ResetToken(&form.token), &title, |t| form.view(t))
}

fn dead_page(state: &AppState, language: Language) -> Response {
    let title = Texts::of(language).get("accounts.reset.dead-title");
    refused(StatusCode::NOT_FOUND, page(state, language, Path::Reset, title, reset_dead))
}
