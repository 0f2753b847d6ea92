//! The program as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::process::{Command, Output};

use storage::testing::TestDatabase;

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

const KEY: &str = "dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0=";
const OTHER_KEY: &str = "P8TM/nRYcOLA2Z9x8w/wZWyN7dQcwdfT03aw2+aF4vM=";

/// An empty PostgreSQL database.
async fn empty_postgres() -> TestDatabase {
    let database = TestDatabase::postgres().await;
    database.storage.migrate_down().await.unwrap();
    database.tamper("DROP TABLE seaql_migrations").await.unwrap();
    database
}

#[tokio::test]
async fn another_root_key_is_refused_by_every_command_with_what_to_do() {
    let data = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", data.path().join("lodge.sqlite").display());
    let postgres = empty_postgres().await;
    for url in [&sqlite, &postgres.url] {
        let with = |key| [("LODGE_DATABASE_URL", url.as_str()), ("LODGE_SECRET_KEY", key)];
        assert!(lodge(&["migrate"], &with(KEY)).status.success());
        for command in [&["migrate"] as &[&str], &["purge"], &["purge", "--dry-run"], &["audit", "verify"]] {
            assert!(lodge(command, &with(KEY)).status.success(), "{command:?}");
            let output = lodge(command, &with(OTHER_KEY));
            assert_eq!(output.status.code(), Some(1), "{command:?}");
            let told = told(&output);
            assert!(
                told.contains("the key with the fingerprint") && told.contains("the one that was given has"),
                "{told}"
            );
            assert!(told.contains("LODGE_SECRET_KEY") && told.contains("Nothing was changed"), "{told}");
            assert!(!told.contains(KEY) && !told.contains(OTHER_KEY), "{told}");
        }
    }
}

#[test]
fn a_demo_whose_key_was_lost_says_where_it_belongs() {
    let data = tempfile::tempdir().unwrap();
    let environment = [("LODGE_DATA_DIR", data.path().to_str().unwrap())];
    assert!(lodge(&["migrate"], &environment).status.success());
    std::fs::remove_file(data.path().join("secret.key")).unwrap();
    let output = lodge(&["migrate"], &environment);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(told.contains(&format!("into secret.key in {}", data.path().display())), "{told}");
}

#[tokio::test]
async fn commands_that_only_look_make_nothing() {
    let data = tempfile::tempdir().unwrap();
    let place = data.path().join("data");
    let postgres = empty_postgres().await;
    let empty = data.path().join("empty.sqlite");
    std::fs::write(&empty, "").unwrap();
    let empty_file = format!("sqlite:{}", empty.display());
    let place = place.to_str().unwrap();
    for environment in [
        [("LODGE_DATA_DIR", place), ("LODGE_MODE", "demo")],
        [("LODGE_DATABASE_URL", &empty_file), ("LODGE_SECRET_KEY", KEY)],
        [("LODGE_DATABASE_URL", &postgres.url), ("LODGE_SECRET_KEY", KEY)],
    ] {
        let verified = lodge(&["audit", "verify"], &environment);
        assert_eq!(verified.status.code(), Some(1));
        assert!(told(&verified).contains("There is no audit log"), "{}", told(&verified));
        let would = lodge(&["purge", "--dry-run"], &environment);
        assert!(would.status.success(), "{}", told(&would));
    }
    assert!(!std::path::Path::new(place).exists());
    assert_eq!(std::fs::read(&empty).unwrap(), b"");
    let tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'";
    assert_eq!(postgres.number(tables).await, 0);
}

#[tokio::test]
async fn with_postgres_no_data_directory_is_wanted() {
    let postgres = empty_postgres().await;
    let environment =
        [("LODGE_DATABASE_URL", postgres.url.as_str()), ("LODGE_SECRET_KEY", KEY), ("LODGE_DATA_DIR", "/proc/nowhere")];
    for command in [&["migrate"] as &[&str], &["purge"], &["audit", "verify"]] {
        let output = lodge(command, &environment);
        assert!(output.status.success(), "{command:?} {}", told(&output));
    }
}

#[test]
fn a_file_without_anchors_proves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let environment = [("LODGE_DATA_DIR", data.path().to_str().unwrap())];
    assert!(lodge(&["migrate"], &environment).status.success());
    let file = data.path().join("other");
    std::fs::write(&file, "no anchor\n").unwrap();
    let output = lodge(&["audit", "verify", "--since", file.to_str().unwrap()], &environment);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("this is no anchor file"), "{}", told(&output));
}
