use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use ports::testing::TestRandom;

use super::*;

/// 32 random bytes.
const KEY: &str = "nivW2rit6wAWhi79NILfCuCO5x7UOuR/cOWfjQjrNyU=";

fn read(environment: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    Settings::read(None, environment.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))
}

fn mistakes(environment: &[(&str, &str)]) -> String {
    read(environment).expect_err("a mistake").to_string()
}

#[test]
fn nothing_has_to_be_set_for_a_demo() {
    let settings = read(&[("PATH", "/bin")]).unwrap();
    assert_eq!(settings.mode, Mode::Demo);
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.page_time, Duration::from_secs(30 * 60));
    assert_eq!(settings.session_time, Duration::from_secs(12 * 60 * 60));
    assert_eq!(settings.database(), "sqlite:./data/lodge.sqlite");
}

#[test]
fn an_unknown_setting_is_named_with_the_one_that_was_probably_meant() {
    let told = mistakes(&[("LODGE_PAGE_TIMEOUT", "30m")]);
    assert!(told.contains("LODGE_PAGE_TIMEOUT: there is no such setting; did you mean `page_time`?"), "{told}");
}

#[test]
fn every_wrong_value_is_told_with_what_is_expected() {
    let told = mistakes(&[("LODGE_PAGE_TIME", "soon"), ("LODGE_LISTEN", "3000"), ("LODGE_MODE", "test")]);
    assert!(
        told.contains("LODGE_PAGE_TIME: expected a length of time such as `90s`, `30m` or `12h`, not `soon`"),
        "{told}"
    );
    assert!(told.contains("LODGE_LISTEN: expected an address and a port"), "{told}");
    assert!(told.contains("LODGE_MODE: expected `demo` or `production`, not `test`"), "{told}");
}

#[test]
fn a_secret_is_never_repeated() {
    let told = mistakes(&[("LODGE_SECRET_KEY", "hunter2")]);
    assert!(told.contains("LODGE_SECRET_KEY: expected 32 random bytes") && !told.contains("hunter2"), "{told}");
    let settings = read(&[("LODGE_SMTP_URL", "smtp://me:hunter2@127.0.0.1"), ("LODGE_SECRET_KEY", KEY)]).unwrap();
    let shown = format!("{settings:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("nivW2r"), "{shown}");
}

#[test]
fn the_environment_wins_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("lodge.toml");
    std::fs::write(
        &file,
        "page_time = \"20m\"\nidle_time = \"40m\"\ncode_tries = 3\ntrusted_proxies = [\"10.0.0.1\", \"::1\"]\n",
    )
    .unwrap();
    let settings = Settings::read(Some(&file), [("LODGE_PAGE_TIME".into(), "25m".into())]).unwrap();
    assert_eq!(settings.page_time, Duration::from_secs(25 * 60));
    assert_eq!(settings.idle_time, Duration::from_secs(40 * 60));
    assert_eq!((settings.code_tries.get(), settings.trusted_proxies.len()), (3, 2));
}

#[test]
fn a_mistake_in_the_file_is_told_with_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("lodge.toml");
    std::fs::write(&file, "page_tiem = \"20m\"\nidle_time = 5.5\n").unwrap();
    let told = Settings::read(Some(&file), []).expect_err("a mistake").to_string();
    assert!(told.contains("page_tiem in ") && told.contains("idle_time in ") && told.contains("lodge.toml"), "{told}");
    let told = Settings::read(Some(&dir.path().join("none.toml")), []).expect_err("a mistake").to_string();
    assert!(told.contains("none.toml: No such file"), "{told}");
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("key");
    std::fs::write(&file, format!("{KEY}\n")).unwrap();
    let path = file.to_str().unwrap();
    assert!(read(&[("LODGE_SECRET_KEY_FILE", path)]).unwrap().secret_key.is_some());
    let told = mistakes(&[("LODGE_SECRET_KEY_FILE", path), ("LODGE_SECRET_KEY", KEY)]);
    assert!(told.contains("LODGE_SECRET_KEY: given both by itself and as _FILE"), "{told}");
    let told = mistakes(&[("LODGE_SECRET_KEY_FILE", "/no/such/file")]);
    assert!(told.contains("LODGE_SECRET_KEY_FILE: expected a file that can be read"), "{told}");
    assert!(mistakes(&[("LODGE_PAGE_TIME_FILE", path)]).contains("LODGE_PAGE_TIME_FILE: there is no such setting"));
}

#[test]
fn production_wants_a_strong_key_and_https() {
    let production = |more: &[(&str, &str)]| {
        let https = ("LODGE_PUBLIC_URL", "https://apply.example.org");
        let all: Vec<_> = [("LODGE_MODE", "production"), https].iter().chain(more).copied().collect();
        read(&all)
    };
    assert!(production(&[("LODGE_SECRET_KEY", KEY)]).is_ok());
    assert!(production(&[]).expect_err("no key").to_string().contains("LODGE_SECRET_KEY: required in production"));
    let weak = ["0".repeat(64), "abababababababababababababababababababababababababababababababab".to_owned()];
    // Base64 of a readable phrase of 32 characters.
    let phrase = "Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZSBhYmM=";
    for key in weak.iter().map(String::as_str).chain([phrase]) {
        let told = production(&[("LODGE_SECRET_KEY", key)]).expect_err("a weak key").to_string();
        assert!(told.contains("LODGE_SECRET_KEY: too weak"), "{told}");
    }
    let told = production(&[("LODGE_SECRET_KEY", KEY), ("LODGE_PUBLIC_URL", "http://apply.example.org")]);
    assert!(told.expect_err("http").to_string().contains("LODGE_PUBLIC_URL: expected https://"));
    assert!(production(&[("LODGE_SECRET_KEY", KEY), ("LODGE_PUBLIC_URL", "http://127.0.0.1:3000")]).is_ok());
}

#[test]
fn production_sends_no_codes_in_the_clear() {
    let with = |url: &str| {
        let base = [("LODGE_MODE", "production"), ("LODGE_PUBLIC_URL", "https://apply.example.org")];
        let mail = [("LODGE_SECRET_KEY", KEY), ("LODGE_MAIL_FROM", "apply@example.org"), ("LODGE_SMTP_URL", url)];
        read(&[base.as_slice(), mail.as_slice()].concat())
    };
    for url in
        ["smtp://me:pass@mail.example.org", "smtp://mail.example.org:25", "smtp://mail.example.org?tls=opportunistic"]
    {
        let told = with(url).expect_err(url).to_string();
        assert!(
            told.contains("LODGE_SMTP_URL: would send codes and links in the clear") && !told.contains("pass@"),
            "{told}"
        );
    }
    for url in ["smtps://me:pass@mail.example.org", "smtp://mail.example.org?tls=required", "smtp://127.0.0.1:25"] {
        assert!(with(url).is_ok(), "{url}");
    }
    assert!(read(&[("LODGE_SMTP_URL", "smtp://mail.example.org:25")]).is_ok(), "a demo holds nothing real");
}

#[test]
fn reminders_that_come_in_the_wrong_order_are_refused() {
    let told = mistakes(&[("LODGE_REMIND_LAST", "8d")]);
    assert!(told.contains("LODGE_REMIND_LAST: expected less than LODGE_REMIND_FIRST"), "{told}");
}

#[test]
fn any_time_may_be_short_by_itself() {
    for name in ["LODGE_PAGE_TIME", "LODGE_IDLE_TIME", "LODGE_SESSION_TIME"] {
        assert!(read(&[(name, "10s")]).is_ok(), "{name}");
    }
}

#[test]
fn a_public_address_is_an_origin_as_browsers_write_it() {
    let url = |text: &str| read(&[("LODGE_PUBLIC_URL", text)]).map(|settings| settings.public_url);
    assert_eq!(url("https://Apply.Example.org:443/").unwrap().as_str(), "https://apply.example.org");
    assert_eq!(url("http://[::1]:3000").unwrap().host(), "[::1]");
    assert_eq!(url("http://127.0.0.1:3000").unwrap().host(), "127.0.0.1");
    for wrong in ["apply.example.org", "ftp://a", "https://a/b", "https://me@a", "https://", "https://a?b"] {
        assert!(url(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_key_of_a_demo_is_made_once_and_is_for_its_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let first = demo_key(&data, &TestRandom::default()).unwrap();
    let again = demo_key(&data, &TestRandom::default()).unwrap();
    assert!(first == again && !first.is_weak());
    let mode = std::fs::metadata(data.join("secret.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::write(data.join("secret.key"), "").unwrap();
    assert!(demo_key(&data, &TestRandom::default()).is_err());
}

/// Run with `LODGE_WRITE_DOCS=1` to write the page anew.
#[test]
fn the_documentation_lists_every_setting_as_it_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/configuration.md");
    let wanted = describe::document();
    if std::env::var_os("LODGE_WRITE_DOCS").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/configuration.md is not up to date: LODGE_WRITE_DOCS=1 cargo test -p server writes it"
    );
    assert!(TABLE.iter().all(|row| describe::help().contains(&row.name.to_ascii_uppercase())));
}
