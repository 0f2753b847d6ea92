//! The keys, all made from one root key.

use hkdf::{Hkdf, HmacImpl};
use hmac::Hmac;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::seal::SealKey;

/// A message authentication code: HMAC-SHA256.
pub(crate) type Mac = [u8; 32];

/// Everything that storage needs to seal, to find and to authenticate. Made from the root key by
/// HKDF-SHA256 (RFC 5869), one label for each use, so that no key serves two purposes.
#[derive(Clone)]
pub struct Keys {
    /// Wraps the data keys of applications.
    pub(crate) wrap: SealKey,
    /// Seals the addresses of accounts and registrations.
    pub(crate) address: SealKey,
    /// Seals messages.
    pub(crate) message: SealKey,
    /// Tells root keys apart, and nothing about them.
    pub(crate) fingerprint: String,
    lookup: [u8; 32],
    code: [u8; 32],
    ticket: [u8; 32],
    audit: [u8; 32],
    anchor: [u8; 32],
}

impl Keys {
    pub fn new(root: [u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, &root);
        let id = derive(&hkdf, "lodge key id");
        Self {
            wrap: SealKey::new(id, derive(&hkdf, "lodge wrap data keys")),
            address: SealKey::new(id, derive(&hkdf, "lodge seal addresses")),
            message: SealKey::new(id, derive(&hkdf, "lodge seal messages")),
            fingerprint: hex(&derive::<8>(&hkdf, "lodge key fingerprint")),
            lookup: derive(&hkdf, "lodge find addresses"),
            code: derive(&hkdf, "lodge six-digit codes"),
            ticket: derive(&hkdf, "lodge tickets of windows"),
            audit: derive(&hkdf, "lodge audit chain"),
            anchor: derive(&hkdf, "lodge audit anchors"),
        }
    }

    /// The hash by which an account is found by its address.
    pub(crate) fn address_hash(&self, email: &str) -> String {
        hex(&mac(&self.lookup, &[domain::email::comparable(email).as_bytes()]))
    }

    /// The stored form of a six-digit code, bound to the registration that it belongs to.
    pub(crate) fn code_mac(&self, owner: &str, code: &str) -> Mac {
        mac(&self.code, &[owner.as_bytes(), code.as_bytes()])
    }

    /// Proves that a window has shown the application.
    pub(crate) fn ticket_mac(&self, application: &str, window: &str) -> Mac {
        mac(&self.ticket, &[application.as_bytes(), window.as_bytes()])
    }

    pub(crate) fn audit_mac(&self, parts: &[&[u8]]) -> Mac {
        mac(&self.audit, parts)
    }

    /// Proves that a server has written where the audit log ended.
    pub(crate) fn anchor_mac(&self, parts: &[&[u8]]) -> Mac {
        mac(&self.anchor, parts)
    }
}

/// The stored form of a secret with at least 128 random bits: it needs no salt and no stretching.
pub(crate) fn secret_hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Compares without telling by the time how much was equal.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Each part goes in with its length, so that no two lists of parts give the same bytes.
fn mac(key: &[u8], parts: &[&[u8]]) -> Mac {
    let mut hmac = <Hmac<Sha256> as HmacImpl>::new_from_slice(key);
    for part in parts {
        HmacImpl::update(&mut hmac, &(part.len() as u64).to_be_bytes());
        HmacImpl::update(&mut hmac, part);
    }
    HmacImpl::finalize(hmac).into()
}

fn derive<const N: usize>(hkdf: &Hkdf<Sha256>, label: &str) -> [u8; N] {
    let mut key = [0; N];
    // HKDF-SHA256 gives up to 8,160 bytes; N is 32 at most.
    hkdf.expand(label.as_bytes(), &mut key).expect("shorter than HKDF allows");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_however_it_is_written() {
        let keys = Keys::new([7; 32]);
        assert_eq!(keys.address_hash("Ana@Example.org "), keys.address_hash("ana@example.org"));
        assert_ne!(keys.address_hash("ana@example.org"), Keys::new([8; 32]).address_hash("ana@example.org"));
    }

    #[test]
    fn parts_cannot_be_shifted_between_fields() {
        let keys = Keys::new([7; 32]);
        assert_ne!(keys.audit_mac(&[b"ab", b"c"]), keys.audit_mac(&[b"a", b"bc"]));
    }

    #[test]
    fn a_secret_is_hashed_like_everywhere_else() {
        assert_eq!(
            secret_hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-4 example"
        );
    }
}
