/// A page of ours to go to after log-in. It comes from the address bar, where anybody may have
/// put anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(String);

impl Next {
    /// Takes a path of this service only: no other host, no query, nothing that a browser could
    /// read as one. The pages of log-in itself are none to come back to.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
        let is_local = text.starts_with('/') && !text.starts_with("//") && text.len() <= 300;
        let is_log_in = text.split('/').any(|part| matches!(part, "login" | "logout" | "register" | "reset" | ".."));
        (is_local && text.bytes().all(is_plain) && !is_log_in).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_gone_back_to() {
        for path in ["/my", "/sv/my", "/apply/000000000000000000000000000000ab/passport", "/resume/a-b_c"] {
            assert_eq!(Next::parse(path).unwrap().as_str(), path);
        }
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        let elsewhere = [
            "",
            "my",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/%2f/evil.example",
            "/my?name=ana",
            "/my#x",
            "/\tevil",
            "/my\r\nSet-Cookie: a=b",
            "/a/../login",
            "/å",
        ];
        for text in elsewhere {
            assert_eq!(Next::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn log_in_does_not_lead_to_itself() {
        for path in ["/login", "/sv/login", "/logout", "/register/code", "/reset"] {
            assert_eq!(Next::parse(path), None, "{path}");
        }
    }
}
