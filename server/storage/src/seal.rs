//! Sealing: XChaCha20-Poly1305 with the place of the value as associated data.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Key, Tag, XChaCha20Poly1305, XNonce};

use crate::error::StorageError;
use crate::random::{Random, random_bytes};

const FORMAT: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEAD: usize = 1 + KEY_ID + NONCE;

/// A key with the id that is written before everything it seals.
#[derive(Clone)]
pub(crate) struct SealKey {
    id: [u8; KEY_ID],
    key: [u8; 32],
}

/// Where a sealed value stands. A value that was moved, or put back from an older version of the
/// row, does not open.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub table: &'static str,
    pub id: &'a str,
    pub column: &'static str,
    pub version: i32,
}

impl SealKey {
    pub fn new(id: [u8; KEY_ID], key: [u8; 32]) -> Self {
        Self { id, key }
    }

    /// A fresh data key.
    pub fn random(random: &Random) -> Result<Self, StorageError> {
        Ok(Self::new([0; KEY_ID], random_bytes(random)?))
    }

    /// Seals this data key under `wrap`.
    pub fn wrapped(&self, wrap: &Self, random: &Random, place: Place<'_>) -> Result<Vec<u8>, StorageError> {
        wrap.seal(random, place, &self.key)
    }

    /// Opens a data key sealed under `wrap`.
    pub fn unwrapped(wrap: &Self, place: Place<'_>, wrapped: &[u8]) -> Result<Self, StorageError> {
        let key = wrap.open(place, wrapped)?;
        let key = key.try_into().map_err(|_| place.damaged("is not a key"))?;
        Ok(Self::new([0; KEY_ID], key))
    }

    /// Format byte, key id, nonce, ciphertext, tag.
    pub fn seal(&self, random: &Random, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StorageError> {
        let nonce: [u8; NONCE] = random_bytes(random)?;
        let mut sealed = Vec::with_capacity(HEAD + plain.len() + TAG);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&self.id);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), &place.bytes(), (&mut sealed[HEAD..]).into())
            .map_err(|_| place.damaged("is too long to seal"))?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
        if sealed.len() < HEAD + TAG || sealed[0] != FORMAT {
            return Err(place.damaged("is not sealed"));
        }
        if sealed[1..1 + KEY_ID] != self.id {
            return Err(place.damaged("was sealed under another root key"));
        }
        let (head, rest) = sealed.split_at(HEAD);
        let (ciphertext, tag) = rest.split_at(rest.len() - TAG);
        let broken = || place.damaged("does not open");
        let nonce: [u8; NONCE] = head[1 + KEY_ID..].try_into().map_err(|_| broken())?;
        let tag: [u8; TAG] = tag.try_into().map_err(|_| broken())?;
        let mut plain = ciphertext.to_vec();
        self.cipher()
            .decrypt_inout_detached(&XNonce::from(nonce), &place.bytes(), plain.as_mut_slice().into(), &Tag::from(tag))
            .map_err(|_| broken())?;
        Ok(plain)
    }

    /// Opens a value that is text.
    pub fn open_text(&self, place: Place<'_>, sealed: &[u8]) -> Result<String, StorageError> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| place.damaged("is not text"))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.key))
    }
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        // No name of a table or column and no id contains a zero.
        format!("{}\0{}\0{}\0{}", self.table, self.id, self.column, self.version).into_bytes()
    }

    pub fn damaged(self, what: &str) -> StorageError {
        StorageError::corrupt(format!("{}.{} {what}", self.table, self.column))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const PLACE: Place<'static> = Place { table: "applications", id: "a", column: "answers", version: 3 };

    fn random() -> Random {
        Arc::new(|bytes| {
            bytes.fill(9);
            Ok(())
        })
    }

    #[test]
    fn what_was_sealed_opens_where_it_stands() {
        let key = SealKey::new([1; 4], [2; 32]);
        let sealed = key.seal(&random(), PLACE, "passport".as_bytes()).unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"passport"));
        assert_eq!(key.open_text(PLACE, &sealed).unwrap(), "passport");
    }

    #[test]
    fn nothing_opens_elsewhere_altered_or_under_another_key() {
        let key = SealKey::new([1; 4], [2; 32]);
        let sealed = key.seal(&random(), PLACE, b"passport").unwrap();
        let places = [
            Place { table: "messages", ..PLACE },
            Place { id: "b", ..PLACE },
            Place { column: "page", ..PLACE },
            Place { version: 2, ..PLACE },
        ];
        assert!(places.iter().all(|place| key.open(*place, &sealed).is_err()));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(PLACE, &altered).is_err(), "byte {at}");
        }
        assert!((0..sealed.len()).all(|end| key.open(PLACE, &sealed[..end]).is_err()));
        assert!(SealKey::new([1; 4], [3; 32]).open(PLACE, &sealed).is_err());
        assert!(SealKey::new([2; 4], [2; 32]).open(PLACE, &sealed).is_err());
    }
}
