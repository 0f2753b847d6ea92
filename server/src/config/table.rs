//! Every setting, with its default and its meaning.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use mail::{Sender, SmtpUrl};

use super::key::SecretKey;
use super::kinds::{Bytes, Kind, LogFormat, Mode, PemFile, PublicUrl, Secret, Zone};
use super::mistake::ConfigError;
use super::read::Given;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name in the TOML file; in the environment it is `LODGE_` and this in capitals.
    pub name: &'static str,
    /// As one would write it; empty when there is none.
    pub default: &'static str,
    /// What a value looks like.
    pub expects: &'static str,
    pub meaning: &'static str,
    /// May also be given as the path of a file that holds it, and is never printed.
    pub is_secret: bool,
}

macro_rules! settings {
    ($($name:ident: $type:ty = $default:literal, $meaning:literal;)*) => {
        /// What the server is told from outside.
        #[derive(Clone, Debug)]
        pub struct Settings {
            $(#[doc = $meaning] pub $name: $type,)*
        }

        /// Every setting there is.
        pub const TABLE: &[Row] = &[$(Row {
            name: stringify!($name),
            default: $default,
            expects: <$type as Kind>::EXPECTS,
            meaning: $meaning,
            is_secret: <$type as Kind>::IS_SECRET,
        },)*];

        impl Settings {
            /// Reads every value, and tells of every one that cannot be read.
            pub(super) fn parse(given: &Given) -> Result<Self, ConfigError> {
                let mut mistakes = Vec::new();
                $(let $name = given.value::<$type>(stringify!($name), $default, &mut mistakes);)*
                match ($($name,)*) {
                    ($(Some($name),)*) => Ok(Self { $($name,)* }),
                    _ => Err(ConfigError { mistakes }),
                }
            }
        }
    };
}

settings! {
    mode: Mode = "demo", "`demo` serves the outbox page and makes its own key; `production` does neither.";
    listen: SocketAddr = "127.0.0.1:3000", "Address and port to listen on.";
    public_url: PublicUrl = "http://127.0.0.1:3000", "How people reach the service. Used in every link and mail, and the only origin that may post.";
    data_dir: PathBuf = "./data", "Where the SQLite file and, in demo mode, the key are kept.";
    database_url: Option<Secret> = "", "`postgres://user:password@host/database?sslmode=verify-full`, with `&sslrootcert=FILE` when its certificate is of an authority of your own, or `sqlite:PATH`. Any other `sslmode` is for a database on this machine alone. Without it, `lodge.sqlite` in the data directory.";
    database_connections: NonZeroU32 = "16", "Connections to PostgreSQL at most.";
    database_readers: NonZeroU32 = "4", "Connections that read from SQLite at most; one writes.";
    database_wait: Duration = "5s", "How long a request waits for a connection to the database before it answers 503.";
    forms_dir: Option<PathBuf> = "", "A directory of form definitions. Without it, the ones built in.";
    assets_dir: Option<PathBuf> = "", "What Trunk built for the browser. Without it, `dist` in the working directory or beside the program.";
    secret_key: Option<SecretKey> = "", "The root key, from which all others are made. Required in production; made on the first start of a demo.";
    smtp_url: Option<SmtpUrl> = "", "The mail server: `smtps://user:password@host`, `smtp://user:password@host:587?tls=required` or, in production for a mail server on this machine alone, `smtp://localhost:25`. Without it, mail stays in the outbox.";
    smtp_ca_file: Option<PemFile> = "", "The authority that certifies the mail server, when it is one of your own. It is then trusted instead of the public ones.";
    smtp_timeout: Duration = "30s", "How long the mail server may take for one mail.";
    mail_from: Sender = "Lodge <lodge@localhost>", "Who mail is from.";
    mail_interval: Duration = "1s", "How often the outbox is looked through for mail that is due.";
    time_zone: Zone = "Europe/Stockholm", "The authority's time zone: in it days begin, and times are told.";
    page_time: Duration = "30m", "How long one page of an application may stay open.";
    warn_time: Duration = "5m", "How long before the end of a page's time more is offered; at most half of it, and half of the idle time.";
    idle_time: Duration = "30m", "A session ends after so long in which no page is opened and nothing is typed or pressed.";
    session_time: Duration = "12h", "A session ends in any case after so long.";
    sealed_time: Duration = "24h", "A save that arrives after its session waits so long for the holder of the draft to log in.";
    code_time: Duration = "24h", "How long a mailed code is good.";
    log_in_code_time: Duration = "1h", "How long a code mailed at the log-in is good.";
    code_tries: NonZeroU32 = "5", "So many wrong tries kill a code.";
    reset_time: Duration = "1h", "How long the link for a new password is good.";
    log_ins_per_account: NonZeroU32 = "5", "Log-ins a minute to one account from one address.";
    tries_per_address: NonZeroU32 = "20", "Log-ins, registrations and requests for a new password a minute from one address, each.";
    wrong_passwords: NonZeroU32 = "100", "After so many wrong passwords in a row a right one needs a mailed code too, unless the browser is known.";
    mails_per_hour: NonZeroU32 = "6", "Codes and links an hour to one e-mail address, for each purpose and each address that asks.";
    mails_of_strangers: NonZeroU32 = "15", "The same, whoever asks: so many that are the first of their address within the hour, and as many others. Known browsers are not counted.";
    hashing_places: NonZeroU32 = "2", "Passwords hashed at the same time, each taking 19 MiB of memory.";
    hashing_queue: NonZeroU32 = "64", "Passwords that may wait to be hashed; more are answered 503.";
    hashing_wait: Duration = "3s", "How long a password waits to be hashed before it is answered 503.";
    drafts_per_service: NonZeroU32 = "10", "Drafts of one service that an account may have open at the same time.";
    drafts_per_hour: NonZeroU32 = "20", "Drafts that an account may start in an hour; each brings a mail.";
    remind_first: Duration = "7d", "So long before its deletion the holder of a draft is reminded.";
    remind_last: Duration = "1d", "So long before its deletion the holder of a draft is reminded again.";
    supplement_address: String = "", "Where to supplement an application by post or email, as the confirmation tells it; empty when it is not known.";
    purge_interval: Duration = "10m", "How often drafts are looked through for reminders and deletion, and what has expired is removed.";
    purge_ahead: Duration = "7d", "When the clock is further on than at the last run by more than this, nothing is reminded of or removed until `lodge purge --even-so` has been run.";
    purge_behind: Duration = "5m", "When the clock is behind the last run by more than this, the same.";
    purge_share: NonZeroU32 = "25", "When one run would delete more than this share of all drafts, in percent, the same.";
    purge_always: NonZeroU32 = "100", "So many drafts may be deleted by one run, whatever share of all they are.";
    message_time: Duration = "90d", "How long a message is kept, with the address it went to, after it was sent or given up.";
    audit_anchor_file: Option<PathBuf> = "", "Where a signed line is added that says how far the audit log goes. Without it, `audit.anchors` in the data directory, or none when `LODGE_DATABASE_URL` is set; the line is in the log in any case.";
    audit_anchor_interval: Duration = "10m", "How often such a line is written while the audit log grows.";
    body_limit: Bytes = "1MiB", "The largest form that is taken; a larger one is answered 413.";
    body_budget: Bytes = "32MiB", "The most memory that bodies take together, from their first byte until they are answered; what finds none left is answered 503.";
    body_budget_per_address: Bytes = "8MiB", "The most memory that bodies from one address take together. An office may share one address.";
    body_fields: NonZeroU32 = "10000", "The most fields that a form may have; one that has more is answered 413.";
    first_byte_time: Duration = "10s", "A connection that is silent for so long at its beginning is closed.";
    header_time: Duration = "15s", "How long the head of a request may take to arrive, and how long a connection may wait for the next one.";
    body_time: Duration = "2m", "How long the body of a request may take to arrive.";
    request_time: Duration = "30s", "How long an answer may take to be made, once the request is here.";
    requests_at_once: NonZeroU32 = "256", "Requests that are worked on at the same time.";
    request_wait: Duration = "500ms", "How long a request waits for its turn before it is answered 503.";
    connections: NonZeroU32 = "8192", "Open connections at most.";
    connections_per_address: NonZeroU32 = "2048", "Open connections from one address at most, trusted proxies apart. An office or a country may share one address.";
    drain_time: Duration = "30s", "How long requests may take to finish when the server is told to stop.";
    trusted_proxies: Vec<IpNet> = "", "Addresses or networks, separated by commas, whose `X-Forwarded-For` is believed.";
    log: String = "info", "What is logged: `error`, `warn`, `info` or `debug`, or a filter such as `info,flows=debug`.";
    log_format: LogFormat = "text", "How log lines are written.";
}

impl Settings {
    /// Where the database is, as storage takes it.
    pub fn database(&self) -> String {
        match &self.database_url {
            Some(url) => url.reveal().to_owned(),
            None => format!("sqlite:{}", self.data_dir.join("lodge.sqlite").display()),
        }
    }

    /// Whether mail stays in the outbox, where everybody can read it: a demo without a mail server.
    pub fn keeps_mail(&self) -> bool {
        self.mode == Mode::Demo && self.smtp_url.is_none()
    }

    /// Where it is written how far the audit log goes.
    pub fn anchor_file(&self) -> Option<PathBuf> {
        let beside = || self.database_url.is_none().then(|| self.data_dir.join("audit.anchors"));
        self.audit_anchor_file.clone().or_else(beside)
    }
}
