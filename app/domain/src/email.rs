//! E-mail addresses.

use std::str::FromStr;

use email_address::EmailAddress;
use unicode_normalization::UnicodeNormalization;

/// The longest address that mail servers take, in bytes (RFC 5321, 4.5.3.1.3 without the brackets).
const MAX: usize = 254;

/// Whether mail can be sent to `text`: a name, an @ and a domain with a dot (RFC 5321).
pub fn is_email(text: &str) -> bool {
    text.len() <= MAX
        && EmailAddress::from_str(text).is_ok_and(|address| {
            address.domain().contains('.') && !address.domain().starts_with('[') && address.display_part().is_empty()
        })
}

/// The form in which two addresses are compared: trimmed, in lower case, the domain as it
/// stands in the name system (`bücher.example` is `xn--bcher-kva.example`).
pub fn comparable(address: &str) -> String {
    let address: String = address.trim().to_lowercase().nfc().collect();
    let Some((name, domain)) = address.rsplit_once('@') else { return address };
    match idna::domain_to_ascii(domain) {
        Ok(domain) => format!("{name}@{domain}"),
        Err(_) => address,
    }
}
