//! Settings: what can be set, where it is read from and what it must look like.
//!
//! [`table`] is the one list of settings; the reading, the help text and the documentation are
//! made from it. A TOML file is read first, then the environment, which wins. Every mistake is
//! found before the first is reported.

pub mod describe;
mod key;
mod kinds;
mod mistake;
mod read;
mod rules;
mod table;

pub use key::{KeyError, SecretKey, demo_key, demo_key_to_read};
pub use kinds::{Bytes, LogFormat, Mode, PemFile, PublicUrl, Secret, Zone};
pub use mistake::{ConfigError, Mistake};
pub use table::{Settings, TABLE};

#[cfg(test)]
mod tests;
