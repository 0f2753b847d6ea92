//! Entering a mailed code, for a new account and at the log-in alike.

use app::pages::accounts::{Code, CodeFor, Next, nothing_waits};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{CodeError, LoggedIn};
use backend::fault::Fault;
use backend::session::{Client, PendingToken};
use i18n::{Language, Texts};

use super::forms::{From, add, entered, faulty, go_on, is_shared, next, page, refused, see, text, title};
use crate::cookies::Cookie;
use crate::extract::{Fields, InLanguage, MaybeSession};
use crate::render;
use crate::state::AppState;

type Asked = Query<Vec<(String, String)>>;

pub async fn register_form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    headers: HeaderMap,
    Query(query): Asked,
) -> Response {
    form(CodeFor::Registration, &state, language, &headers, &query).await
}

pub async fn log_in_form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    headers: HeaderMap,
    Query(query): Asked,
) -> Response {
    form(CodeFor::LogIn, &state, language, &headers, &query).await
}

pub async fn register(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    From(client): From,
    headers: HeaderMap,
    Fields(fields): Fields,
) -> Response {
    let posted = Posted { client, is_logged_in: session.is_some(), fields };
    enter(CodeFor::Registration, &state, language, &headers, &posted).await
}

pub async fn log_in(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    From(client): From,
    headers: HeaderMap,
    Fields(fields): Fields,
) -> Response {
    let posted = Posted { client, is_logged_in: session.is_some(), fields };
    enter(CodeFor::LogIn, &state, language, &headers, &posted).await
}

/// 303 to the page for the code, with the cookie of what waits for it.
pub fn to_code(
    purpose: CodeFor,
    state: &AppState,
    language: Language,
    next: Option<&Next>,
    pending: &PendingToken,
) -> Response {
    let mut response = see_code(purpose, language, next, &[]);
    if let Some(cookie) = cookie(purpose).set(&pending.0, state.settings.is_https()) {
        add(response.headers_mut(), cookie);
    }
    response
}

/// The secret of what waits for a code in this browser.
pub fn pending(purpose: CodeFor, state: &AppState, headers: &HeaderMap) -> Option<PendingToken> {
    cookie(purpose).read(headers, state.settings.is_https()).map(PendingToken)
}

struct Posted {
    client: Client,
    is_logged_in: bool,
    fields: Vec<(String, String)>,
}

async fn form(
    purpose: CodeFor,
    state: &AppState,
    language: Language,
    headers: &HeaderMap,
    query: &[(String, String)],
) -> Response {
    let Some(pending) = pending(purpose, state, headers) else { return none(purpose, state, language) };
    let is_resent = query.iter().any(|(name, _)| name == "resent");
    let is_shared = Cookie::Shared.read(headers, state.settings.is_https()).is_some();
    let shown = Shown { next: next(query), is_resent, is_shared, problem: None };
    code_page(purpose, state, language, &pending, shown).await
}

/// Enters the code, or with `go=resend` asks for another.
async fn enter(
    purpose: CodeFor,
    state: &AppState,
    language: Language,
    headers: &HeaderMap,
    posted: &Posted,
) -> Response {
    let Posted { client, is_logged_in, fields } = posted;
    let next = next(fields);
    let Some(pending) = pending(purpose, state, headers) else {
        return if *is_logged_in { go_on(language, next.as_ref()) } else { none(purpose, state, language) };
    };
    let problem = if text(fields, "go") == "resend" {
        match resend(purpose, state, &pending, client).await {
            Ok(()) => return see_code(purpose, language, next.as_ref(), &[("resent", "")]),
            Err(problem) => problem,
        }
    } else {
        match confirm(purpose, state, &pending, text(fields, "code"), client).await {
            Ok(logged_in) => return entered(state, language, fields, &logged_in),
            Err(problem) => problem,
        }
    };
    // A second click on the button comes after the first has logged in.
    if problem == CodeError::NothingWaits && *is_logged_in {
        return go_on(language, next.as_ref());
    }
    let shown = Shown { next, is_resent: false, is_shared: is_shared(fields), problem: Some(problem.clone()) };
    let page = code_page(purpose, state, language, &pending, shown).await;
    match problem {
        CodeError::Wrong { .. } | CodeError::Dead => refused(StatusCode::UNPROCESSABLE_ENTITY, page),
        CodeError::NothingWaits => page,
        CodeError::Fault(fault) => faulty(fault, page),
    }
}

async fn resend(purpose: CodeFor, state: &AppState, pending: &PendingToken, client: &Client) -> Result<(), CodeError> {
    match purpose {
        CodeFor::Registration => state.accounts.register_resend(pending, client).await,
        CodeFor::LogIn => state.accounts.log_in_resend(pending, client).await,
    }
}

async fn confirm(
    purpose: CodeFor,
    state: &AppState,
    pending: &PendingToken,
    code: &str,
    client: &Client,
) -> Result<LoggedIn, CodeError> {
    match purpose {
        CodeFor::Registration => state.accounts.register_confirm(pending, code, client).await,
        CodeFor::LogIn => state.accounts.log_in_confirm(pending, code, client).await,
    }
}

async fn sent_to(purpose: CodeFor, state: &AppState, pending: &PendingToken) -> Result<Option<String>, Fault> {
    match purpose {
        CodeFor::Registration => state.accounts.register_pending(pending).await,
        CodeFor::LogIn => state.accounts.log_in_pending(pending).await,
    }
}

fn cookie(purpose: CodeFor) -> Cookie {
    match purpose {
        CodeFor::Registration => Cookie::Pending,
        CodeFor::LogIn => Cookie::PendingLogIn,
    }
}

fn see_code(purpose: CodeFor, language: Language, next: Option<&Next>, query: &[(&str, &str)]) -> Response {
    let next = next.map(|next| ("next", next.as_str()));
    let query: Vec<_> = query.iter().copied().chain(next).collect();
    see(purpose.path(), language, &query)
}

/// What the page says this time.
struct Shown {
    next: Option<Next>,
    is_resent: bool,
    is_shared: bool,
    problem: Option<CodeError>,
}

async fn code_page(
    purpose: CodeFor,
    state: &AppState,
    language: Language,
    pending: &PendingToken,
    shown: Shown,
) -> Response {
    let email = match sent_to(purpose, state, pending).await {
        Ok(Some(email)) => email,
        Ok(None) => return none(purpose, state, language),
        Err(fault) => return render::fault(fault),
    };
    let life = match purpose {
        CodeFor::Registration => state.settings.code_time,
        CodeFor::LogIn => state.settings.log_in_code_time,
    };
    let lifetime = flows::mail::lifetime(language, life);
    let Shown { next, is_resent, is_shared, problem } = shown;
    let form = Code { purpose, email, lifetime, is_resent, next, is_shared, problem };
    let title = title(language, "accounts.code.title", form.problem.is_some());
    page(state, language, purpose.path(), &title, |t| form.view(t))
}

fn none(purpose: CodeFor, state: &AppState, language: Language) -> Response {
    let title = Texts::of(language).get("accounts.code.none-title");
    let page = page(state, language, purpose.path(), title, |t| nothing_waits(t, purpose));
    refused(StatusCode::NOT_FOUND, page)
}
