//! The paths of the service. Links are made here and nowhere else.

use std::fmt;

use domain::ids::ApplicationId;
use i18n::Language;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// A response header that says that a page's form was saved, whoever else may answer.
pub const SAVED_HEADER: &str = "lodge-saved";

/// A place in the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path<'a> {
    Home,
    /// The start page of a service.
    Service(&'a str),
    Register,
    RegisterCode,
    LogIn,
    LogInCode,
    LogOut,
    LogOutEverywhere,
    Reset,
    /// The mailed link for a new password.
    ResetToken(&'a str),
    My,
    /// Starts a draft, by POST.
    Apply(&'a str),
    Page(ApplicationId, &'a str),
    Review(ApplicationId),
    Print(ApplicationId),
    /// To the page that was left.
    Continue(ApplicationId),
    Submitted(ApplicationId),
    /// Asks whether the draft shall be deleted, and deletes it by POST.
    Delete(ApplicationId),
    Resume(&'a str),
    Outbox,
}

/// A path in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised<'a> {
    path: Path<'a>,
    language: Language,
}

impl<'a> Path<'a> {
    pub fn within(self, language: Language) -> Localised<'a> {
        Localised { path: self, language }
    }
}

impl fmt::Display for Localised<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            // Without a prefix the root is `/`; with one it is `/sv`.
            Path::Home if self.language.prefix().is_empty() => f.write_str("/"),
            Path::Home => f.write_str(self.language.prefix()),
            path => write!(f, "{}{path}", self.language.prefix()),
        }
    }
}

/// All but the characters that mean themselves wherever they stand (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text that came from an address and goes back into one, where it stays one segment.
fn segment(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::Service(service) => write!(f, "/services/{}", segment(service)),
            Self::Register => f.write_str("/register"),
            Self::RegisterCode => f.write_str("/register/code"),
            Self::LogIn => f.write_str("/login"),
            Self::LogInCode => f.write_str("/login/code"),
            Self::LogOut => f.write_str("/logout"),
            Self::LogOutEverywhere => f.write_str("/logout/everywhere"),
            Self::Reset => f.write_str("/reset"),
            Self::ResetToken(token) => write!(f, "/reset/{}", segment(token)),
            Self::My => f.write_str("/my"),
            Self::Apply(service) => write!(f, "/apply/{}", segment(service)),
            Self::Page(draft, page) => write!(f, "/apply/{draft}/{}", segment(page)),
            Self::Review(draft) => write!(f, "/apply/{draft}/review"),
            Self::Print(draft) => write!(f, "/apply/{draft}/print"),
            Self::Continue(draft) => write!(f, "/apply/{draft}"),
            Self::Submitted(draft) => write!(f, "/apply/{draft}/submitted"),
            Self::Delete(draft) => write!(f, "/apply/{draft}/delete"),
            Self::Resume(token) => write!(f, "/resume/{}", segment(token)),
            Self::Outbox => f.write_str("/demo/outbox"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_paths_have_no_prefix() {
        assert_eq!(Path::Home.within(Language::En).to_string(), "/");
        assert_eq!(Path::Home.within(Language::Sv).to_string(), "/sv");
        assert_eq!(Path::LogIn.within(Language::Ar).to_string(), "/ar/login");
    }

    #[test]
    fn a_page_of_a_draft_is_named_by_its_definition() {
        let draft = ApplicationId(0xab);
        let path = Path::Page(draft, "passport").to_string();
        assert_eq!(path, "/apply/000000000000000000000000000000ab/passport");
    }

    #[test]
    fn what_came_in_an_address_stays_one_segment_of_it() {
        assert_eq!(Path::Service("\r\n").to_string(), "/services/%0D%0A");
        assert_eq!(Path::Apply("a/b?c#d&e").to_string(), "/apply/a%2Fb%3Fc%23d%26e");
        assert_eq!(Path::Resume("a-b_c.d~å").to_string(), "/resume/a-b_c.d~%C3%A5");
    }
}
