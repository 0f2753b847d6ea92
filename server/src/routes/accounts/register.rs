use app::pages::accounts::{CodeFor, Register};
use app::paths::Path;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{RegisterError, Registration};
use i18n::Language;

use super::code::{pending, to_code};
use super::forms::{From, faulty, go_on, new_password_page, next, refused, text, title};
use crate::extract::{Fields, InLanguage, MaybeSession};
use crate::render;
use crate::state::AppState;

/// With `?correct`, the address that waits for its code stands in the form.
pub async fn form(
    State(state): State<AppState>,
    InLanguage(language): InLanguage,
    MaybeSession(session): MaybeSession,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let next = next(&query);
    if session.is_some() {
        return go_on(language, next.as_ref());
    }
    let is_correcting = query.iter().any(|(name, _)| name == "correct");
    let email = match pending(CodeFor::Registration, &state, &headers).filter(|_| is_correcting) {
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
        Ok(pending) => to_code(CodeFor::Registration, &state, language, next.as_ref(), &pending),
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

fn register_page(state: &AppState, language: Language, form: &Register) -> Response {
    let title = title(language, "accounts.register.title", form.problem.is_some());
    new_password_page(state, language, Path::Register, &title, |t| form.view(t))
}
