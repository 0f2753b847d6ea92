//! PostgreSQL servers for one test process.
//!
//! A shell holds each: it waits for the end of its standard input, which comes when the test
//! process ends in whatever way, then stops the server and removes its folder.

use std::net::TcpListener;
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
    CLUSTER.get_or_init(|| {
        let cluster = Cluster::make();
        cluster.start("-c listen_addresses=");
        cluster.folder
    })
}

/// A server that can be reached over TLS alone, besides its socket; gone with the test process.
pub struct TlsServer {
    cluster: Cluster,
    /// On the loopback.
    pub port: u16,
}

impl TlsServer {
    /// `certificate` and `key` in PEM.
    pub fn start(certificate: &str, key: &str) -> Self {
        let cluster = Cluster::make();
        cluster.write("server.crt", certificate);
        cluster.write("server.key", key);
        cluster.write("pg_hba.conf", "local all all trust\nhostssl all all samehost trust\n");
        // Not among the start's options, which could not be changed later.
        cluster.write("postgresql.auto.conf", "ssl = on\n");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        cluster.start(&format!("-c listen_addresses=localhost -c port={port}"));
        Self { cluster, port }
    }

    /// The address of a database over its socket.
    pub fn over_socket(&self, database: &str) -> String {
        format!("postgres://lodge@localhost:{}/{database}?host={}", self.port, self.cluster.folder.display())
    }
}

/// Makes and starts servers whose socket is in a folder of their own.
struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    is_root: bool,
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

impl Cluster {
    fn make() -> Self {
        let folder = tempfile::Builder::new().prefix("lodge-pg-").tempdir().expect("a temporary folder").keep();
        let is_root = std::fs::metadata(&folder).expect("the folder is there").uid() == 0;
        let cluster = Self { folder, programs: programs(), is_root };
        cluster.lend(&cluster.folder, "755");
        run(cluster
            .command("initdb")
            .args(["--username=lodge", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--pgdata"])
            .arg(cluster.data()));
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A file among its data.
    fn write(&self, name: &str, text: &str) {
        let path = self.data().join(name);
        std::fs::write(&path, text).expect("a file is written");
        self.lend(&path, "600");
    }

    /// The server refuses to run as root, so root lends it to the user of the package.
    fn lend(&self, path: &Path, mode: &str) {
        if self.is_root {
            run(Command::new("chown").arg("postgres").arg(path));
        }
        run(Command::new("chmod").arg(mode).arg(path));
    }

    fn command(&self, program: &str) -> Command {
        self.as_owner(&self.programs.join(program))
    }

    fn as_owner(&self, program: &Path) -> Command {
        let mut command = Command::new(if self.is_root { Path::new("runuser") } else { program });
        if self.is_root {
            command.args(["-u", "postgres", "--"]).arg(program);
        }
        command.current_dir(&self.folder);
        command
    }

    /// Starts it, to be stopped and removed when this process ends.
    fn start(&self, options: &str) {
        // What is tested does not depend on surviving a power cut.
        let options = format!(
            "{options} -c unix_socket_directories={} -c max_connections=200 -c fsync=off",
            self.folder.display()
        );
        run(self
            .command("pg_ctl")
            .args(["start", "--wait", "--silent", "--log"])
            .arg(self.folder.join("log"))
            .arg("--options")
            .arg(options)
            .arg("--pgdata")
            .arg(self.data()));
        let holder = self
            .as_owner(Path::new("/bin/sh"))
            .arg("-c")
            .arg(r#"trap "" INT TERM HUP; cat >/dev/null; "$1" stop --mode=immediate --pgdata="$2/data"; rm -rf "$2""#)
            .arg("holder")
            .arg(self.programs.join("pg_ctl"))
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        // Kept open, never waited for: it ends after this process.
        std::mem::forget(holder);
    }
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
