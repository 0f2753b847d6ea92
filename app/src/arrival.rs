//! How somebody arrives on a page of a draft: what its address says besides which page it is.

/// It holds names of questions and rows, never what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The question that the person came from the review to change; empty when it is not known which.
    pub review: Option<String>,
    /// Something is in the draft just now that was kept after a session had ended.
    pub has_regained: bool,
    /// The rows that were taken out on this page, which it offers to put back.
    pub removed: Vec<String>,
    /// The questions that the last answers have brought up.
    pub more: Vec<String>,
    /// The id of the element that has the focus then; empty at the top of the page.
    pub at: String,
}

/// More names than this are not passed on: an address has an end.
const NAMES: usize = 30;

impl Arrival {
    /// From a page's query.
    pub fn read(query: Option<&str>) -> Self {
        let mut arrival = Self::default();
        for part in query.unwrap_or_default().split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let mut names = value.split(',').filter(|name| is_name(name)).map(str::to_owned);
            match name {
                "review" => arrival.review = Some(names.next().unwrap_or_default()),
                "kept" => arrival.has_regained = true,
                "removed" => arrival.removed = names.collect(),
                "more" => arrival.more = names.collect(),
                _ => {}
            }
        }
        arrival
    }

    /// The address with which one arrives so on the page `path`.
    pub fn address(&self, path: &str) -> String {
        let list = |name: &str, names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| is_name(name)).take(NAMES).collect();
            (!names.is_empty()).then(|| format!("{name}={}", names.join(",")))
        };
        let review = self.review.as_deref().filter(|name| name.is_empty() || is_name(name));
        let review = review.map(|name| if name.is_empty() { "review".to_owned() } else { format!("review={name}") });
        let kept = self.has_regained.then(|| "kept".to_owned());
        let parts = [review, kept, list("removed", &self.removed), list("more", &self.more)];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        let at = if self.at.is_empty() { String::new() } else { format!("#{}", self.at) };
        format!("{path}{mark}{query}{at}")
    }
}

/// Whether it can be the name of a question or a row. Whoever writes an address writes no more.
pub fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=100).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let arrival = Arrival {
            review: Some("trip.arrival".to_owned()),
            has_regained: true,
            removed: vec!["trip.visits.r1".to_owned(), "trip.visits.r2".to_owned()],
            more: vec!["trip.sticker".to_owned()],
            at: String::new(),
        };
        let address = arrival.address("/apply/1/trip");
        assert_eq!(Arrival::read(address.split_once('?').map(|(_, query)| query)), arrival, "{address}");
        assert_eq!(Arrival::default().address("/apply/1/trip"), "/apply/1/trip");
        let odd = Arrival { removed: vec!["a\r\nSet-Cookie: b".to_owned()], ..Arrival::default() };
        assert_eq!(odd.address("/apply/1/trip"), "/apply/1/trip");
    }

    #[test]
    fn an_address_holds_nothing_but_names() {
        let read = Arrival::read(Some("review=%22%3E&removed=trip.visits.r1,<b>,&more=a+b&other=x"));
        assert_eq!(
            read,
            Arrival { review: Some(String::new()), removed: vec!["trip.visits.r1".to_owned()], ..Arrival::default() }
        );
    }
}
