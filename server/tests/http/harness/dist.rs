//! The browser side, as far as the server needs it.

use std::path::Path;

use tempfile::TempDir;

/// What Trunk would have built, small.
pub fn built_files() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "index.html",
        r#"<link rel="stylesheet" href="/pkg/main-00112233aabbccdd.css">
           <script type="module">import init from '/pkg/frontend-00112233aabbccdd.js';
           init({ module_or_path: '/pkg/frontend-00112233aabbccdd_bg.wasm' })</script>"#,
    );
    write("main-00112233aabbccdd.css", "body { margin: 0 }");
    write("main-00112233aabbccdd.css.br", "as if brotli");
    write("main-00112233aabbccdd.css.gz", "as if gzip");
    write("frontend-00112233aabbccdd.js", "export default () => {}");
    write("frontend-00112233aabbccdd_bg.wasm", "\0asm");
    dir
}
