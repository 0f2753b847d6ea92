use app::pages::accounts::{Code, Next, Register, no_registration};
use app::paths::Path;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{CodeError, RegisterError, Registration};
use backend::session::PendingToken;
use i18n::{Language, Texts};

use super::forms::{From, add, entered, faulty, go_on, is_shared, new_password_page, next, page, refused, see, text};
use crate::cookies::Cookie;
use crate::extract::{Fields, InLanguage, MaybeSession};
use crate::render;
use crate::state::AppState;

type Asked = Query<Vec<(String, String)>>;

/// With `?correct`, the address that waits for its code stands in the form.
pub async fn form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    headers: HeaderMap,
    Query(query): Asked,
) -> Response {
    let next = next(&query);
    if session.is_some() {
        return go_on(language, next.as_ref());
    }
    let is_correcting = query.iter().any(|(name, _)| name == "correct");
    let email = match pending(&state, &headers).filter(|_| is_correcting) {
        Some(pending) => match state.accounts.register_pending(&pending).await {
            Ok(email) => email.unwrap_or_default(),
            Err(fault) => return render::fault(fault),
        },
        None => String::new(),
    };
    register_page(&state, language, &Register { email, next, problem: None })
}

pub async fn begin(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    From(client): From,
    Fields(fields): Fields,
) -> Response {
    let email = text(&fields, "email").to_owned();
    let next = next(&fields);
    let password = text(&fields, "password").to_owned();
    let new = Registration { email: email.clone(), password, language: language.tag().to_owned() };
    match state.accounts.register(new, &client).await {
        Ok(pending) => {
            let mut response = to_code(language, next.as_ref(), &[]);
            if let Some(cookie) = Cookie::Pending.set(&pending.0, state.settings.is_https()) {
                add(response.headers_mut(), cookie);
            }
            response
        }
        Err(problem) => {
            let form = Register { email, next, problem: Some(problem.clone()) };
            let page = register_page(&state, language, &form);
            match problem {
                RegisterError::NotEmail | RegisterError::Password(_) => refused(StatusCode::UNPROCESSABLE_ENTITY, page),
                RegisterError::Fault(fault) => faulty(fault, page),
            }
        }
    }
}

pub async fn code_form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    headers: HeaderMap,
    Query(query): Asked,
) -> Response {
    let Some(pending) = pending(&state, &headers) else { return nothing_waits(&state, language) };
    let is_resent = query.iter().any(|(name, _)| name == "resent");
    code_page(&state, language, &pending, next(&query), is_resent, false, None).await
}

/// Enters the code, or with `go=resend` asks for another.
pub async fn code(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    From(client): From,
    headers: HeaderMap,
    Fields(fields): Fields,
) -> Response {
    let next = next(&fields);
    let Some(pending) = pending(&state, &headers) else {
        return if session.is_some() { go_on(language, next.as_ref()) } else { nothing_waits(&state, language) };
    };
    let problem = if text(&fields, "go") == "resend" {
        match state.accounts.register_resend(&pending, &client).await {
            Ok(()) => return to_code(language, next.as_ref(), &[("resent", "")]),
            Err(problem) => problem,
        }
    } else {
        match state.accounts.register_confirm(&pending, text(&fields, "code"), &client).await {
            Ok(logged_in) => return entered(&state, language, &fields, &logged_in),
            Err(problem) => problem,
        }
    };
    // A second click on the button comes after the first has logged in.
    if problem == CodeError::NoRegistration && session.is_some() {
        return go_on(language, next.as_ref());
    }
    let page = code_page(&state, language, &pending, next, false, is_shared(&fields), Some(problem.clone())).await;
    match problem {
        CodeError::Wrong { .. } | CodeError::Dead => refused(StatusCode::UNPROCESSABLE_ENTITY, page),
        CodeError::NoRegistration => page,
        CodeError::Fault(fault) => faulty(fault, page),
    }
}

fn pending(state: &AppState, headers: &HeaderMap) -> Option<PendingToken> {
    Cookie::Pending.read(headers, state.settings.is_https()).map(PendingToken)
}

fn to_code(language: Language, next: Option<&Next>, query: &[(&str, &str)]) -> Response {
    let next = next.map(|next| ("next", next.as_str()));
    let query: Vec<_> = query.iter().copied().chain(next).collect();
    see(Path::RegisterCode, language, &query)
}

fn register_page(state: &AppState, language: Language, form: &Register) -> Response {
    let title = Texts::of(language).get("accounts.register.title");
    new_password_page(state, language, Path::Register, title, |t| form.view(t))
}

async fn code_page(
    state: &AppState,
    language: Language,
    pending: &PendingToken,
    next: Option<Next>,
    is_resent: bool,
    is_shared: bool,
    problem: Option<CodeError>,
) -> Response {
    let email = match state.accounts.register_pending(pending).await {
        Ok(Some(email)) => email,
        Ok(None) => return nothing_waits(state, language),
        Err(fault) => return render::fault(fault),
    };
    let lifetime = flows::mail::lifetime(language, state.settings.code_time);
    let form = Code { email, lifetime, is_resent, next, is_shared, problem };
    let title = Texts::of(language).get("accounts.code.title");
    page(state, language, Path::RegisterCode, title, |t| form.view(t))
}

fn nothing_waits(state: &AppState, language: Language) -> Response {
    let title = Texts::of(language).get("accounts.code.none-title");
    refused(StatusCode::NOT_FOUND, page(state, language, Path::RegisterCode, title, no_registration))
}
