//! The files that Trunk built for the browser, read once at the start and sent from memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, response::AppendHeaders};
use thiserror::Error;

/// What is served under `/pkg/`, and the names that pages refer to.
#[derive(Debug)]
pub struct BuiltFiles {
    pub names: app::shell::Assets,
    files: HashMap<String, File>,
}

#[derive(Debug)]
struct File {
    content_type: &'static str,
    /// The name changes with the content, so it may be kept for ever.
    is_hashed: bool,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

#[derive(Debug, Error)]
pub enum AssetsError {
    #[error(
        "there is no index.html in {0}: build the browser's part first (`./lodge.sh build`), or set LODGE_ASSETS_DIR"
    )]
    Missing(PathBuf),
    #[error("{path} cannot be read")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} names no {wanted} file; build the browser's part anew")]
    NotNamed { path: PathBuf, wanted: &'static str },
}

impl BuiltFiles {
    /// Reads `dir`, or else `dist` in the working directory or beside the program.
    pub fn read(dir: Option<&Path>) -> Result<Self, AssetsError> {
        let dir = dir.map_or_else(usual_dir, Path::to_owned);
        let index = dir.join("index.html");
        let html = std::fs::read_to_string(&index).map_err(|_| AssetsError::Missing(dir.clone()))?;
        let name = |end: &str, wanted| {
            let path = index.clone();
            find_name(&html, end).ok_or(AssetsError::NotNamed { path, wanted })
        };
        let names = app::shell::Assets {
            css: name(".css", "style")?,
            js: name(".js", "script")?,
            wasm: name("_bg.wasm", "WebAssembly")?,
        };
        Ok(Self { names, files: read_files(&dir)? })
    }

    /// `/pkg/…` for what was built, and the fixed names in the root.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        FIXED.iter().fold(
            Router::new().route("/pkg/{name}", get(built)).with_state(Arc::new(self.files)),
            |router, (path, text)| {
                router.route(path, get(move |headers| async move { send(&fixed(path, text), &headers) }))
            },
        )
    }
}

/// The small files that browsers and robots look for under fixed names; part of the program.
const FIXED: [(&str, &str); 3] = [
    ("/favicon.svg", include_str!("../../public/favicon.svg")),
    ("/manifest.webmanifest", include_str!("../../public/manifest.webmanifest")),
    ("/robots.txt", include_str!("../../public/robots.txt")),
];

fn fixed(path: &str, text: &'static str) -> File {
    let content_type = content_type(path).unwrap_or("application/octet-stream");
    File { content_type, is_hashed: false, plain: Bytes::from_static(text.as_bytes()), brotli: None, gzip: None }
}

fn usual_dir() -> PathBuf {
    let here = PathBuf::from("dist");
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("dist")));
    match beside {
        Some(beside) if !here.is_dir() && beside.is_dir() => beside,
        _ => here,
    }
}

/// The first path under `/pkg/` in `html` that ends so.
fn find_name(html: &str, end: &str) -> Option<String> {
    html.match_indices("/pkg/").find_map(|(at, _)| {
        let path = html[at..].split(['"', '\'', ' ', '>', '`']).next()?;
        path.ends_with(end).then(|| path.to_owned())
    })
}

fn read_files(dir: &Path) -> Result<HashMap<String, File>, AssetsError> {
    let unreadable = |source| AssetsError::Unreadable { path: dir.to_owned(), source };
    let mut files = HashMap::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(content_type) = content_type(name) else { continue };
        let plain = read_bytes(&path)?;
        let packed = |end: &str| {
            let path = dir.join(format!("{name}{end}"));
            path.is_file().then(|| read_bytes(&path)).transpose()
        };
        let (brotli, gzip) = (packed(".br")?, packed(".gz")?);
        files.insert(name.to_owned(), File { content_type, is_hashed: is_hashed(name), plain, brotli, gzip });
    }
    Ok(files)
}

fn read_bytes(path: &Path) -> Result<Bytes, AssetsError> {
    let unreadable = |source| AssetsError::Unreadable { path: path.to_owned(), source };
    std::fs::read(path).map(Bytes::from).map_err(unreadable)
}

/// `None` for files that are not sent: `index.html` and the compressed copies.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "wasm" => Some("application/wasm"),
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "txt" => Some("text/plain; charset=utf-8"),
        "ico" => Some("image/x-icon"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}

/// Trunk's hash: `-` and sixteen hexadecimal digits, before the ending or `_bg`.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

async fn built(
    State(files): State<Arc<HashMap<String, File>>>,
    UrlPath(name): UrlPath<String>,
    headers: HeaderMap,
) -> Response {
    files.get(&name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |file| send(file, &headers))
}

fn send(file: &File, headers: &HeaderMap) -> Response {
    let (bytes, encoding) = match (&file.brotli, &file.gzip) {
        (Some(bytes), _) if accepts(headers, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if accepts(headers, "gzip") => (bytes, Some("gzip")),
        _ => (&file.plain, None),
    };
    let caching = if file.is_hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let always = [(CONTENT_TYPE, file.content_type), (CACHE_CONTROL, caching), (VARY, "accept-encoding")];
    let encoding = encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding)));
    (always, AppendHeaders(encoding), bytes.clone()).into_response()
}

/// Whether `Accept-Encoding` names the encoding, and not with a quality of nought.
fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    let texts = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_wanted = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        let quality = parts.find_map(|part| part.strip_prefix("q="));
        is_wanted && quality.and_then(|q| q.parse().ok()).is_none_or(|q: f32| q > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<link rel="stylesheet" href="/pkg/main-0f54af51a5f66d74.css">
        <script type="module">import init from '/pkg/frontend-2f0c5ea4dc1e5a6b.js';
        const wasm = await init({ module_or_path: '/pkg/frontend-2f0c5ea4dc1e5a6b_bg.wasm' });</script>"#;

    #[test]
    fn the_names_are_found_in_what_trunk_wrote() {
        assert_eq!(find_name(INDEX, ".css").as_deref(), Some("/pkg/main-0f54af51a5f66d74.css"));
        assert_eq!(find_name(INDEX, ".js").as_deref(), Some("/pkg/frontend-2f0c5ea4dc1e5a6b.js"));
        assert_eq!(find_name(INDEX, "_bg.wasm").as_deref(), Some("/pkg/frontend-2f0c5ea4dc1e5a6b_bg.wasm"));
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_hashed("frontend-2f0c5ea4dc1e5a6b_bg.wasm"));
        assert!(is_hashed("main-0f54af51a5f66d74.css"));
        assert!(!is_hashed("icon.svg"));
        assert!(!is_hashed("long-name.css"));
    }

    #[test]
    fn a_quality_of_nought_refuses_an_encoding() {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br;q=0"))]);
        assert!(accepts(&headers, "gzip"));
        assert!(!accepts(&headers, "br"));
    }
}
