//! The language of a request, from the beginning of its path.

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use i18n::Language;
use tower::util::MapRequest;

/// The routes, behind [`localise`].
pub type Localised = MapRequest<Router, fn(Request) -> Request>;

/// Takes `/sv` or `/ar` off the path before it is routed, and leaves the [`Language`] among the
/// request's extensions, and the whole path as [`OriginalUri`].
pub fn localise(router: Router) -> Localised {
    MapRequest::new(router, choose as fn(Request) -> Request)
}

fn choose(mut request: Request) -> Request {
    let whole = request.uri().clone();
    let (language, rest) = split(whole.path());
    if language != Language::default()
        && let Some(uri) = with_path(&whole, rest)
    {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(language);
    request.extensions_mut().insert(OriginalUri(whole));
    request
}

/// The language that a path is in, and the path without it.
fn split(path: &str) -> (Language, &str) {
    for language in Language::ALL {
        let prefix = language.prefix();
        if let Some(rest) = path.strip_prefix(prefix).filter(|_| !prefix.is_empty())
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return (language, if rest.is_empty() { "/" } else { rest });
        }
    }
    (Language::default(), path)
}

fn with_path(whole: &Uri, path: &str) -> Option<Uri> {
    let text = match whole.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = whole.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(text).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_with_its_language_or_is_english() {
        assert_eq!(split("/sv/login"), (Language::Sv, "/login"));
        assert_eq!(split("/ar"), (Language::Ar, "/"));
        assert_eq!(split("/ar/"), (Language::Ar, "/"));
        assert_eq!(split("/services/visit"), (Language::En, "/services/visit"));
        assert_eq!(split("/"), (Language::En, "/"));
    }

    #[test]
    fn a_word_that_begins_like_a_language_is_none() {
        assert_eq!(split("/svalbard"), (Language::En, "/svalbard"));
    }

    #[test]
    fn the_query_stays() {
        let uri = with_path(&"http://h/sv/a?b=c".parse().unwrap(), "/a").unwrap();
        assert_eq!(uri, "http://h/a?b=c".parse::<Uri>().unwrap());
    }
}
