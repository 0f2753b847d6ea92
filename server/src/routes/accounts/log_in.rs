use app::pages::accounts::{After, CodeFor, LogIn};
use app::paths::Path;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{Entry, LogInError};
use backend::session::SessionToken;
use i18n::Language;

use super::code::to_code;
use super::forms::{From, add, entered, faulty, go_on, is_shared, next, page, refused, see, text, title};
use crate::cookies::Cookie;
use crate::extract::{Fields, InLanguage, MaybeSession, session_token};
use crate::render;
use crate::routes::answer::log_in_first;
use crate::state::AppState;

pub async fn form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let next = next(&query);
    let after = After::from_name(text(&query, "after"));
    // What waits for one account cannot be seen by another that has logged in meanwhile.
    if session.is_some() && after != Some(After::Sealed) {
        return go_on(language, next.as_ref());
    }
    // A browser that still has the cookie of a session was logged out without asking for it.
    let timeout = session_token(&headers, &state.settings).map(|_| After::Timeout);
    let after = after.or(timeout);
    let sealed_lifetime = flows::mail::lifetime(language, state.settings.sealed_time);
    log_in_page(&state, language, &LogIn { next, after, sealed_lifetime, ..LogIn::default() })
}

pub async fn log_in(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    From(client): From,
    Fields(fields): Fields,
) -> Response {
    let (email, next) = (text(&fields, "email"), next(&fields));
    match state.accounts.log_in(email, text(&fields, "password"), language.tag(), &client).await {
        Ok(Entry::LoggedIn(logged_in)) => entered(&state, language, &fields, &logged_in),
        Ok(Entry::NeedsCode(pending)) => {
            let mut response = to_code(CodeFor::LogIn, &state, language, next.as_ref(), &pending);
            // So that it need not be said again.
            let shared = is_shared(&fields).then(|| Cookie::Shared.set("yes", state.settings.is_https()));
            shared.flatten().into_iter().for_each(|cookie| add(response.headers_mut(), cookie));
            response
        }
        Err(problem) => {
            let is_shared = is_shared(&fields);
            let form =
                LogIn { email: email.to_owned(), next, is_shared, problem: Some(problem.clone()), ..LogIn::default() };
            let page = log_in_page(&state, language, &form);
            match problem {
                LogInError::Wrong => refused(StatusCode::UNAUTHORIZED, page),
                LogInError::Fault(fault) => faulty(fault, page),
            }
        }
    }
}

pub async fn log_out(State(state): State<AppState>, InLanguage(language): InLanguage, headers: HeaderMap) -> Response {
    if let Some(session) = session_token(&headers, &state.settings)
        && let Err(fault) = state.accounts.log_out(&session).await
    {
        return render::fault(fault);
    }
    let mut response = see(Path::LogIn, language, &[("after", After::LoggingOut.name())]);
    if let Some(cookie) = Cookie::Session.clear(state.settings.is_https()) {
        add(response.headers_mut(), cookie);
    }
    response
}

/// As [`log_out`], in every browser. Who is not logged in any more is told that it has ended.
pub async fn log_out_everywhere(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    From(client): From,
) -> Response {
    let ended = match &client.session {
        Some(session) => state.accounts.log_out_everywhere(session, &client).await,
        None => Ok(false),
    };
    let after = match ended {
        Ok(true) => After::LoggingOutEverywhere,
        // Nobody knows whose sessions to end.
        Ok(false) => return log_in_first(Path::My, language),
        Err(fault) => return render::fault(fault),
    };
    let mut response = see(Path::LogIn, language, &[("after", after.name())]);
    if let Some(cookie) = Cookie::Session.clear(state.settings.is_https()) {
        add(response.headers_mut(), cookie);
    }
    response
}

/// Ends the session after a save, and says on the log-in page what happened: nothing is lost.
/// `next` is where to go on after the next log-in, when the page's time was up.
pub async fn log_out_and_say(
    state: &AppState,
    session: &SessionToken,
    language: Language,
    next: Option<&str>,
) -> Response {
    if let Err(fault) = state.accounts.log_out(session).await {
        return render::fault(fault);
    }
    let after = if next.is_some() { After::Timeout } else { After::LoggingOut };
    let query = [("after", after.name()), ("next", next.unwrap_or_default())];
    let query = if next.is_some() { &query[..] } else { &query[..1] };
    let mut response = see(Path::LogIn, language, query);
    if let Some(cookie) = Cookie::Session.clear(state.settings.is_https()) {
        add(response.headers_mut(), cookie);
    }
    response
}

fn log_in_page(state: &AppState, language: Language, form: &LogIn) -> Response {
    let title = title(language, "accounts.login.title", form.problem.is_some());
    page(state, language, Path::LogIn, &title, |t| form.view(t))
}
