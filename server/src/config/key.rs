//! The root key.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ports::Random;
use thiserror::Error;

use super::kinds::Kind;

const LENGTH: usize = 32;
/// In the data directory.
const DEMO_KEY: &str = "secret.key";

/// The key from which all others are made: 256 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; LENGTH]);

impl SecretKey {
    pub fn bytes(&self) -> [u8; LENGTH] {
        self.0
    }

    /// Whether it looks as if somebody had typed it: readable text, or few different bytes. A
    /// random key does so less often than once in 10^12.
    pub fn is_weak(&self) -> bool {
        let different = (0..=u8::MAX).filter(|byte| self.0.contains(byte)).count();
        different < 16 || self.0.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl Kind for SecretKey {
    const EXPECTS: &'static str =
        "32 random bytes in Base64 or as 64 hexadecimal digits; `openssl rand -base64 32` makes some";
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        let bytes = if text.len() == 2 * LENGTH { from_hex(text)? } else { from_base64(text)? };
        bytes.try_into().ok().map(Self)
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Either alphabet, with or without padding.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, lenient);
    engine.decode(text.replace('-', "+").replace('_', "/")).ok()
}

/// The demo's key could neither be read nor made.
#[derive(Debug, Error)]
pub enum KeyError {
    #[error("{path} cannot be read or made")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0} holds no key; remove it together with the data that it protects, or put the key back")]
    NotAKey(PathBuf),
}

/// The key in the data directory, made when there is none. For demos: who can copy the data can
/// copy the key with it.
pub fn demo_key(data_dir: &Path, random: &dyn Random) -> Result<SecretKey, KeyError> {
    let path = data_dir.join(DEMO_KEY);
    let failed = |source| KeyError::File { path: path.clone(), source };
    std::fs::create_dir_all(data_dir).map_err(failed)?;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let key = SecretKey(random.bytes());
            let text = base64::engine::general_purpose::STANDARD.encode(key.0);
            writeln!(file, "{text}").and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => demo_key_to_read(data_dir),
        Err(error) => Err(failed(error)),
    }
}

/// The key in the data directory.
pub fn demo_key_to_read(data_dir: &Path) -> Result<SecretKey, KeyError> {
    let path = data_dir.join(DEMO_KEY);
    let text = std::fs::read_to_string(&path).map_err(|source| KeyError::File { path: path.clone(), source })?;
    SecretKey::parse(text.trim()).ok_or(KeyError::NotAKey(path))
}
