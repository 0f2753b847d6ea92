//! nginx, as `docs/operating.md` sets it up.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use ports::testing::Identity;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::documents::{block, replaced};

/// Stopped when dropped.
pub struct Proxy {
    child: Child,
    _folder: TempDir,
}

impl Proxy {
    /// Speaks TLS on `port`, sends browsers there from `plain`, and passes requests on to `lodge`.
    pub fn start(identity: &Identity, plain: u16, port: u16, lodge: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display();
        std::fs::write(folder.path().join("chain.pem"), &identity.certificate).unwrap();
        std::fs::write(folder.path().join("key.pem"), &identity.key).unwrap();
        let servers = replaced(
            block("docs/operating.md", "### TLS in front", "nginx"),
            &[
                ("listen 80;", &format!("listen 127.0.0.1:{plain};")),
                ("listen 443 ", &format!("listen 127.0.0.1:{port} ")),
                ("https://apply.example.org$request_uri", &format!("https://apply.example.org:{port}$request_uri")),
                ("/etc/ssl/lodge/", &format!("{path}/")),
                ("http://127.0.0.1:3000", &format!("http://127.0.0.1:{lodge}")),
            ],
        );
        // What Debian's nginx.conf puts around it, with every file in the test's folder.
        let config = format!(
            "daemon off; pid {path}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n\
             client_body_temp_path {path}/body; proxy_temp_path {path}/proxy; fastcgi_temp_path {path}/fastcgi;\n\
             uwsgi_temp_path {path}/uwsgi; scgi_temp_path {path}/scgi;\n{servers}}}\n"
        );
        std::fs::write(folder.path().join("nginx.conf"), config).unwrap();
        let mut command = Command::new(program());
        command.args(["-e", "stderr", "-p"]).arg(folder.path()).arg("-c").arg(folder.path().join("nginx.conf"));
        let mut proxy = Self { child: command.spawn().unwrap(), _folder: folder };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(proxy.child.try_wait().unwrap().is_none(), "nginx does not take the example");
            std::thread::sleep(Duration::from_millis(20));
        }
        proxy
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Told, not killed: it ends its workers before itself.
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let told = pid.map(|pid| kill_process(pid, Signal::TERM));
        if matches!(told, Some(Ok(()))) {
            let _ = self.child.wait();
        }
    }
}

/// On the path, or where Debian puts it.
fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).chain([Path::new("/usr/sbin").to_owned()]);
    let mut programs = found.map(|folder| folder.join("nginx"));
    programs.find(|program| program.is_file()).expect("this test needs nginx: install the package `nginx`")
}
