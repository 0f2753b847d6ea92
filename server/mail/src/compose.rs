//! Writes a mail down in the form in which it travels.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use ports::{Email, SendError};

/// Who the mail is from: `apply@example.org` or `Lodge <apply@example.org>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(pub(crate) Mailbox);

impl FromStr for Sender {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error: lettre::address::AddressError| error.to_string())
    }
}

impl Sender {
    /// The part after the `@`, on which message ids are made.
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

/// A mail of two alternative parts, text first, as mail programs expect (RFC 2046, 5.1.4).
pub(crate) fn compose(email: &Email, from: &Sender) -> Result<Message, SendError> {
    let unwritable = |cause: &str| SendError { is_permanent: true, cause: cause.to_owned() };
    let to = Mailbox::new(None, email.to.parse().map_err(|_| unwritable("the address cannot be written in a mail"))?);
    Message::builder()
        .from(from.0.clone())
        .to(to)
        .subject(one_line(&email.subject))
        .date(written(email))
        .message_id(Some(format!("<{}>", email.message_id)))
        .header(AutoSubmitted)
        .header(Template(one_line(&email.template)))
        .header(Language(one_line(&email.language)))
        .multipart(MultiPart::alternative_plain_html(email.text.clone(), email.html.clone()))
        .map_err(|_| unwritable("the mail cannot be written"))
}

fn written(email: &Email) -> SystemTime {
    let seconds = u64::try_from(email.created.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A line break would begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// RFC 3834: keeps out-of-office programs from answering.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

macro_rules! text_header {
    ($type:ident, $name:literal) => {
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

text_header!(Template, "X-Lodge-Template");
text_header!(Language, "Content-Language");
