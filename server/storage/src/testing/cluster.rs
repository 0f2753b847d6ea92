//! A PostgreSQL server for one test process.
//!
//! A shell holds it: it waits for the end of its standard input, which comes when the test
//! process ends in whatever way, then stops the server and removes its folder.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The address of a database on this process's server, which is started when need be.
pub fn url(database: &str) -> String {
    format!("postgres://lodge@localhost/{database}?host={}", folder().display())
}

fn folder() -> &'static Path {
    static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
    CLUSTER.get_or_init(start)
}

/// Nobody finds the server's socket until [`show`].
pub fn hide() {
    std::fs::rename(folder().join(SOCKET), folder().join(HIDDEN)).expect("the server has a socket");
}

pub fn show() {
    std::fs::rename(folder().join(HIDDEN), folder().join(SOCKET)).expect("the socket was hidden");
}

const SOCKET: &str = ".s.PGSQL.5432";
const HIDDEN: &str = "hidden";

/// Makes and starts a server that listens on a socket in the folder that is answered.
fn start() -> PathBuf {
    let programs = programs();
    let folder = tempfile::Builder::new().prefix("lodge-pg-").tempdir().expect("a temporary folder").keep();
    // The server refuses to run as root, so root lends it to the user of the package.
    let is_root = std::fs::metadata(&folder).expect("the folder is there").uid() == 0;
    if is_root {
        run(Command::new("chown").arg("postgres").arg(&folder));
        run(Command::new("chmod").arg("755").arg(&folder));
    }
    let command = |program: &Path| {
        let mut command = Command::new(if is_root { Path::new("runuser") } else { program });
        if is_root {
            command.args(["-u", "postgres", "--"]).arg(program);
        }
        command.current_dir(&folder);
        command
    };
    let data = folder.join("data");
    run(command(&programs.join("initdb"))
        .args(["--username=lodge", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--pgdata"])
        .arg(&data));
    // What is tested does not depend on surviving a power cut.
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200 -c fsync=off",
        folder.display()
    );
    run(command(&programs.join("pg_ctl"))
        .args(["start", "--wait", "--silent", "--log"])
        .arg(folder.join("log"))
        .arg("--options")
        .arg(options)
        .arg("--pgdata")
        .arg(&data));
    let holder = command(Path::new("/bin/sh"))
        .arg("-c")
        .arg(r#"trap "" INT TERM HUP; cat >/dev/null; "$1" stop --mode=immediate --pgdata="$2/data"; rm -rf "$2""#)
        .arg("holder")
        .arg(programs.join("pg_ctl"))
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell starts");
    // Kept open, never waited for: it ends after this process.
    std::mem::forget(holder);
    folder
}

/// The folder with PostgreSQL's programs: on the path, or where Debian puts them.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut packaged: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    packaged.sort();
    let mut folders = std::env::split_paths(&path).chain(packaged.into_iter().rev());
    folders
        .find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file()))
        .expect("these tests need PostgreSQL's programs: install the package `postgresql`")
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
