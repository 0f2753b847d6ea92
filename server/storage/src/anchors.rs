//! Where the audit log ended at some moment, as a signed line that is kept outside the database.
//!
//! Who can write to the database could take rows off the end of the log and set its head back; the
//! chain alone would not show it. A line that says up to where the log went, kept where that person
//! cannot reach, does.

use std::fmt;

use jiff::Timestamp;
use sea_orm::EntityTrait;

use crate::connect::Storage;
use crate::entities::audit;
use crate::error::StorageError;
use crate::keys::{Keys, hex, is_same};
use crate::sql::millis;

/// The end of the audit log at a moment. It is written as one word, without personal data:
/// `lodge-anchor/1/TIME/SEQ/MAC/PROOF`, the last two in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub at: Timestamp,
    /// The number of the last row; 0 while the log is empty.
    pub seq: i64,
    /// The code of that row; empty while the log is empty.
    mac: String,
    /// An HMAC over the rest.
    proof: String,
}

/// Why a line does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The line was not written by a server with this root key, or was changed.
    Line,
    /// The row that was the last one is missing.
    RowMissing(i64),
    /// The row that was the last one is another now.
    RowChanged(i64),
}

const BEGINNING: &str = "lodge-anchor/1/";

impl Storage {
    /// Where the audit log ends now.
    pub async fn audit_anchor(&self, now: Timestamp) -> Result<Anchor, StorageError> {
        let (seq, mac) = crate::audit::head(self.read(), false).await?;
        let (at, mac) = (crate::sql::time(millis(now))?, hex(&mac));
        Ok(Anchor { proof: proof(self.keys(), at, seq, &mac), at, seq, mac })
    }

    /// Whether the audit log still has what it had when the anchor was written: the row is there and
    /// the same. The chain ties all rows before to it ([`Storage::audit_verify`]).
    pub async fn audit_anchor_check(&self, anchor: &Anchor) -> Result<Result<(), Broken>, StorageError> {
        let Anchor { at, seq, mac, proof: given } = anchor;
        if !is_same(given.as_bytes(), proof(self.keys(), *at, *seq, mac).as_bytes()) {
            return Ok(Err(Broken::Line));
        }
        if *seq == 0 {
            return Ok(Ok(()));
        }
        Ok(match audit::Entity::find_by_id(*seq).one(self.read()).await? {
            None => Err(Broken::RowMissing(*seq)),
            Some(row) if hex(&row.mac) == *mac => Ok(()),
            Some(_) => Err(Broken::RowChanged(*seq)),
        })
    }
}

impl Anchor {
    /// The anchor in a line of an anchor file or of a log, wherever it stands there; `None` in a line
    /// that has none.
    ///
    /// # Errors
    /// `Broken::Line` when what is there cannot be read.
    pub fn in_line(line: &str) -> Option<Result<Self, Broken>> {
        let (_, rest) = line.split_once(BEGINNING)?;
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "/:.-".contains(c))).unwrap_or(rest.len());
        Some(Self::read(&rest[..end]).ok_or(Broken::Line))
    }

    fn read(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('/').collect();
        let [at, seq, mac, proof] = parts.as_slice() else { return None };
        let (at, seq) = (at.parse().ok()?, seq.parse().ok()?);
        Some(Self { at, seq, mac: (*mac).to_owned(), proof: (*proof).to_owned() })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, seq, mac, proof } = self;
        write!(f, "{BEGINNING}{at}/{seq}/{mac}/{proof}")
    }
}

fn proof(keys: &Keys, at: Timestamp, seq: i64, mac: &str) -> String {
    hex(&keys.anchor_mac(&[&millis(at).to_be_bytes(), &seq.to_be_bytes(), mac.as_bytes()]))
}
