//! The program as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::process::{Command, Output};

fn lodge(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
    let command = command.args(arguments).env_clear().current_dir(dir.path());
    command.envs(environment.iter().copied()).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_setting_stops_the_start_with_its_name() {
    let output = lodge(&["serve"], &[("LODGE_PAGE_TIME", "soon"), ("LODGE_COLOUR", "red")]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(told.contains("LODGE_PAGE_TIME: expected a length of time"), "{told}");
    assert!(told.contains("LODGE_COLOUR: there is no such setting"), "{told}");
}

#[test]
fn production_does_not_start_without_a_key() {
    let output = lodge(&["serve"], &[("LODGE_MODE", "production")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("LODGE_SECRET_KEY: required in production"));
}

#[test]
fn a_missing_build_is_said_with_what_to_do() {
    let output = lodge(&["serve"], &[("LODGE_ASSETS_DIR", "none")]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(told.contains("no index.html in none") && told.contains("./lodge.sh build"), "{told}");
}

#[test]
fn whatever_keeps_it_from_starting_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let dist = path("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dir.path().join("dist/index.html"), "\"/pkg/a.css\" \"/pkg/a.js\" \"/pkg/a_bg.wasm\"").unwrap();
    std::fs::write(path("text"), "neither a database nor a certificate, and longer than a header of a database is")
        .unwrap();
    let text = path("text");
    let occupied = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = occupied.local_addr().unwrap().to_string();
    let smtp = ("LODGE_SMTP_URL", "smtps://me:hunter2@mail.example.org");
    for (given, wanted) in [
        (vec![("LODGE_LISTEN", address.as_str())], "LODGE_LISTEN: cannot listen on "),
        (vec![("LODGE_LOG", "info,=")], "LODGE_LOG: `info,=` is no filter"),
        (vec![("LODGE_DATA_DIR", "/dev/null/data")], "/dev/null/data"),
        (vec![("LODGE_DATABASE_URL", &format!("sqlite:{text}"))], "LODGE_DATABASE_URL: "),
        (
            vec![("LODGE_DATABASE_URL", "postgres://me:hunter2@127.0.0.1:9/db"), ("LODGE_DATABASE_WAIT", "200ms")],
            "LODGE_DATABASE_URL: the database is unavailable",
        ),
        (
            vec![("LODGE_DATABASE_URL", "postgres://me:hunter2@db.example.org/db")],
            "expected sslmode=verify-full, with sslrootcert=FILE",
        ),
        (vec![smtp, ("LODGE_SMTP_CA_FILE", "/no/such/file")], "LODGE_SMTP_CA_FILE: /no/such/file cannot be read"),
        (vec![smtp, ("LODGE_SMTP_CA_FILE", &text)], "LODGE_SMTP_CA_FILE: expected certificates in PEM"),
    ] {
        let usual = [("LODGE_LISTEN", "127.0.0.1:0"), ("LODGE_ASSETS_DIR", dist.as_str())];
        let output = lodge(&["serve"], &[usual.as_slice(), &given].concat());
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        let lines: Vec<_> = told.lines().filter(|line| !line.is_empty()).collect();
        assert!(matches!(lines.as_slice(), [line] if line.starts_with("lodge: ") && line.contains(wanted)), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn help_lists_the_commands_and_every_setting() {
    let help = |arguments: &[&str]| String::from_utf8(lodge(arguments, &[]).stdout).unwrap();
    let all = help(&["--help"]);
    for command in ["serve", "migrate", "forms", "audit", "purge"] {
        assert!(all.contains(command), "{all}");
    }
    let serve = help(&["serve", "--help"]);
    for row in server::config::TABLE {
        assert!(serve.contains(&format!("LODGE_{}", row.name.to_ascii_uppercase())), "{}", row.name);
    }
}

#[test]
fn the_forms_that_are_built_in_are_right() {
    let output = lodge(&["forms", "check"], &[]);
    assert!(output.status.success(), "{}", told(&output));
}

#[test]
fn a_new_database_is_migrated_purged_and_verified() {
    let data = tempfile::tempdir().unwrap();
    let environment = [("LODGE_DATA_DIR", data.path().to_str().unwrap())];
    for command in [&["migrate"] as &[&str], &["purge"], &["audit", "verify"]] {
        let output = lodge(command, &environment);
        assert!(output.status.success(), "{command:?} {}", told(&output));
    }
}
