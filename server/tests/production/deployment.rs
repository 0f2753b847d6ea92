//! Lodge, installed and started by the README's own commands.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::dist::built_files;
use crate::documents::{block, replaced};

/// What Lodge needs of the world outside.
pub struct Outside<'a> {
    /// Where the proxy speaks TLS.
    pub public_port: u16,
    pub mail_port: u16,
    /// The certificate of whoever certified the mail server, in PEM.
    pub authority: &'a str,
    /// What stands in the place of the README's address of a PostgreSQL.
    pub database: Option<String>,
}

pub struct Deployment {
    child: Child,
    folder: TempDir,
}

impl Deployment {
    /// Does what the README says and waits until Lodge listens on `port`.
    pub async fn start(port: u16, outside: Outside<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = commands(folder.path(), port, &outside);
        let authority = folder.path().join("authority.pem");
        std::fs::write(&authority, outside.authority).unwrap();
        let child = Command::new("sh")
            .args(["-euc", &script])
            .current_dir(checkout(folder.path()))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LODGE_SMTP_CA_FILE", authority)
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut deployment = Self { child, folder };
        while !deployment.log().contains("ready") {
            assert!(deployment.child.try_wait().unwrap().is_none(), "it does not start: {}", deployment.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        deployment
    }

    /// All that it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    pub fn has_sqlite_file(&self) -> bool {
        self.folder.path().join("var/lib/lodge/lodge.sqlite").is_file()
    }

    /// Tells it to stop; answers its exit code.
    pub async fn stop(&mut self) -> Option<i32> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).unwrap();
        kill_process(pid, Signal::TERM).unwrap();
        for _ in 0..400 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not stop: {}", self.log());
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        // It has usually ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The README's commands, in `folder` instead of the file system's root.
fn commands(folder: &Path, port: u16, outside: &Outside<'_>) -> String {
    const POSTGRES: &str = "# database_url = \"postgres://lodge:password@db.example.org/lodge?sslmode=verify-full\"\n";
    let folder = folder.display();
    let database = outside.database.as_ref().map(|url| format!("database_url = \"{url}\"\n"));
    replaced(
        block("README.md", "## How to deploy it", ""),
        &[
            (POSTGRES, database.as_deref().unwrap_or(POSTGRES)),
            ("/opt/lodge", &format!("{folder}/opt/lodge")),
            ("/etc/lodge", &format!("{folder}/etc/lodge")),
            ("/var/lib/lodge", &format!("{folder}/var/lib/lodge")),
            ("127.0.0.1:3000", &format!("127.0.0.1:{port}")),
            ("https://apply.example.org", &format!("https://apply.example.org:{}", outside.public_port)),
            ("@mail.example.org", &format!("@localhost:{}", outside.mail_port)),
            // So that a signal reaches it and not the shell.
            ("./lodge serve", "exec ./lodge serve"),
        ],
    )
}

/// Where the README's commands are given: what `./lodge.sh build` makes is already there.
fn checkout(folder: &Path) -> PathBuf {
    let checkout = folder.join("checkout");
    let release = checkout.join("target/release");
    for needed in [&release, &folder.join("etc")] {
        std::fs::create_dir_all(needed).unwrap();
    }
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_lodge"), release.join("lodge")).unwrap();
    std::os::unix::fs::symlink("/bin/true", checkout.join("lodge.sh")).unwrap();
    let built = built_files();
    let copied = Command::new("cp").arg("-r").arg(built.path()).arg(checkout.join("dist")).status().unwrap();
    assert!(copied.success());
    checkout
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
