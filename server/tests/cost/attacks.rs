//! What is sent: saves that were dear once, and others put together by chance from the same parts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// How a save is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Form,
    Json,
}

/// One save. A form has no fingerprints; the rest can be sent both ways.
#[derive(Clone, Debug)]
pub struct Attack {
    pub name: String,
    pub way: Way,
    pub page: &'static str,
    fields: Vec<(String, String)>,
    removed: Vec<String>,
    read: BTreeMap<String, Vec<u64>>,
    go: String,
    base: u32,
}

/// Numbers by chance that are the same for the same seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap_or(0)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

impl Attack {
    fn new(name: &str, way: Way, page: &'static str, fields: Vec<(String, String)>) -> Self {
        let (removed, read) = (Vec::new(), BTreeMap::new());
        Self { name: name.to_owned(), way, page, fields, removed, read, go: "continue".to_owned(), base: 0 }
    }

    /// The same with other texts, by a window that has read nothing: all of it is contested.
    pub fn again(&self) -> Self {
        let other = |(name, text): &(String, String)| (name.clone(), text.chars().rev().chain(['2']).collect());
        Self { name: format!("{} again", self.name), fields: self.fields.iter().map(other).collect(), ..self.clone() }
    }

    pub fn form(&self, ticket: &str) -> String {
        let own = [("ticket", ticket.to_owned()), ("revision", self.base.to_string()), ("go", self.go.clone())];
        let own = own.map(|(name, text)| (name.to_owned(), text));
        let removed = ("removed".to_owned(), self.removed.join("\n"));
        let fields = own.iter().chain([&removed]).chain(&self.fields);
        fields.map(|(name, text)| format!("{}={}", encoded(name), encoded(text))).collect::<Vec<_>>().join("&")
    }

    pub fn json(&self, draft: &str, ticket: &str) -> String {
        let fields: serde_json::Map<_, _> =
            self.fields.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str()))).collect();
        let removed: Vec<Value> = self.removed.iter().map(|row| json!({ "row": row, "shown": 99 })).collect();
        json!({ "save": {
            "draft": draft, "page": self.page, "tried": [self.page], "ticket": ticket, "renews": true,
            "changes": { "base": self.base, "fields": fields, "removed": removed, "read": self.read },
        }})
        .to_string()
    }
}

/// Quotation marks and the like go as they are, so that they weigh most for their length.
fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('=', "%3D").replace('\n', "%0A")
}

fn rows(count: usize, group: &str, questions: &[&str], text: &str) -> Vec<(String, String)> {
    let of_row = |row: usize| questions.iter().map(move |each| (format!("{group}.r{row}.{each}"), text.to_owned()));
    (0..count).flat_map(of_row).collect()
}

fn visits(count: usize) -> Vec<(String, String)> {
    let mut fields = rows(count, "trip.visits", &["country"], "FI");
    fields.push(("trip.visited".to_owned(), "yes".to_owned()));
    fields
}

fn listed(count: usize) -> (String, String) {
    ("trip.visits".to_owned(), (0..count).map(|row| format!("r{row}")).collect::<Vec<_>>().join("\n"))
}

fn one(name: &str, text: String) -> Vec<(String, String)> {
    vec![("start.filler".to_owned(), "other".to_owned()), (name.to_owned(), text)]
}

/// Those that were dear once, or would be if a limit went.
pub fn known() -> Vec<Attack> {
    const NAME: &str = "start.filler-name";
    let many = |count: usize| (0..count).map(|n| (format!("f{n}"), "v".to_owned())).collect::<Vec<_>>();
    let dates = || rows(400, "trip.visits", &["from-day", "from-month", "from-year", "to-day", "country"], "1");
    let mut all = Vec::new();
    for way in [Way::Form, Way::Json] {
        all.extend([
            Attack::new("4,700 new rows", way, "trip", visits(4700)),
            Attack::new("9,000 new rows", way, "trip", visits(9000)),
            Attack::new("400 rows that are typed in", way, "trip", visits(400)),
            Attack::new("400 rows that are listed", way, "trip", vec![listed(400), visits(1).remove(1)]),
            Attack::new("rows without end that are listed", way, "trip", vec![listed(120_000)]),
            Attack::new("dates in rows", way, "trip", dates()),
            Attack::new("many unknown fields", way, "start", many(9_900)),
            Attack::new("more fields than there may be", way, "start", many(60_000)),
            Attack::new("a text that is too long", way, "start", one(NAME, "x".repeat(900_000))),
            Attack::new("signs that are written at length", way, "start", one(NAME, "\"".repeat(20_000))),
            Attack::new("too many of them", way, "start", one(NAME, "\"<&>".repeat(120_000))),
            Attack::new("accents without end", way, "start", one(NAME, "a\u{316}\u{301}\u{327}".repeat(4_000))),
            Attack::new("line breaks", way, "trip", one("trip.detail", "\r\n".repeat(9_999))),
            Attack::new("a long address", way, "contact", one("contact.email", format!("a@{}.se", "ö".repeat(9_000)))),
            Attack::new("a deep name", way, "start", one(&"trip.visits.".repeat(20_000), "x".to_owned())),
            Attack::new(
                "a long row",
                way,
                "trip",
                one(&format!("trip.visits.{}.country", "r".repeat(19_000)), "FI".into()),
            ),
            Attack::new("a NUL", way, "start", one(NAME, "\0".to_owned())),
        ]);
        let taken_out = (0..4000).map(|row| format!("trip.visits.r{row}")).collect();
        all.push(Attack {
            removed: taken_out,
            base: 99,
            ..Attack::new("rows that are taken out", way, "trip", visits(390))
        });
        let same = vec!["trip.visits.r1".to_owned(); 8000];
        all.push(Attack { removed: same, ..Attack::new("one row without end", way, "trip", visits(5)) });
        all.push(Attack {
            go: "add:trip.visits".to_owned(),
            ..Attack::new("one more row", way, "trip", vec![listed(400)])
        });
    }
    let read = (0..200).map(|row| (format!("trip.visits.r{row}.country"), (0..200).collect())).collect();
    all.push(Attack { read, ..Attack::new("fingerprints", Way::Json, "trip", visits(200)) });
    let read = [(NAME.to_owned(), (0..49_000).collect())].into();
    all.push(Attack {
        read,
        ..Attack::new("fingerprints of one field", Way::Json, "start", one(NAME, "x".to_owned()))
    });
    all
}

/// What the forms of accounts are sent.
pub fn of_accounts() -> Vec<Attack> {
    let form = |name: &str, email: String, password: String| {
        let fields = vec![("email".to_owned(), email), ("password".to_owned(), password)];
        Attack::new(name, Way::Form, "start", fields)
    };
    vec![
        form("a long address", "ö.ab".repeat(12_000), "x".to_owned()),
        form("an address of signs", "\"".repeat(60_000), "x".to_owned()),
        form("a long domain", format!("a@{}.se", "öä".repeat(12_000)), "x".to_owned()),
        form("a long password", "ana@example.com".to_owned(), "äx".repeat(20_000)),
        form("a body that is too long", "x".repeat(900_000), "x".to_owned()),
    ]
}

/// Some of everything.
pub fn by_chance(dice: &mut Dice, case: u64) -> Attack {
    const PAGES: [&str; 5] = ["start", "trip", "contact", "you", "stay"];
    const GROUPS: [&str; 4] = ["trip.visits", "stay.hosts", "you.guardians", "stay.places"];
    const FIELDS: [&str; 10] = [
        "country",
        "from-day",
        "from-month",
        "from-year",
        "given-names",
        "surname",
        "email",
        "born-day",
        "phone",
        "x.y",
    ];
    const TEXTS: [&str; 12] =
        ["", "1", "FI", "yes", "\"", "<&>", "李 å", "\u{202e}x", "a\u{301}\u{316}", "r1\nr2", "\r\n", "\u{1}"];
    let counts = [1, 7, 90, 400, 401, 1500];
    let mut fields = Vec::new();
    for _ in 0..1 + dice.below(5) {
        let (group, count) = (*dice.one(&GROUPS), *dice.one(&counts));
        let (first, step) = (dice.below(500), 1 + dice.below(3));
        let text = dice.one(&TEXTS).repeat(1 + dice.below(room(count)));
        let field = *dice.one(&FIELDS);
        fields.extend((0..count).map(|row| (format!("{group}.r{}.{field}", first + row * step), text.clone())));
        let list = (0..dice.below(450)).map(|row| format!("r{}", first + row)).collect::<Vec<_>>();
        fields.push((group.to_owned(), list.join("\n")));
    }
    let long = dice.one(&TEXTS).repeat(dice.below(20_000));
    fields.push(((*dice.one(&["start.filler-name", "trip.detail", "start.filler-address"])).to_owned(), long));
    let group = *dice.one(&GROUPS);
    let removed = (0..dice.below(600)).map(|row| format!("{group}.r{row}")).collect();
    let known = (0..dice.below(60)).map(|print| print as u64).collect::<Vec<_>>();
    let read = fields.iter().take(dice.below(300)).map(|(name, _)| (name.clone(), known.clone())).collect();
    let go = ["continue", "save", "back", "leave?", "add:trip.visits", "keep:trip.visits.r1", "take:start.filler-name"];
    let way = *dice.one(&[Way::Form, Way::Json]);
    let (go, page) = ((*dice.one(&go)).to_owned(), *dice.one(&PAGES));
    let base = u32::try_from(dice.below(4)).unwrap_or(0);
    Attack { removed, read, go, base, ..Attack::new(&format!("case {case}"), way, page, fields) }
}

/// How often a text may be repeated so that so many of them stay below the limit of a body.
fn room(count: usize) -> usize {
    1 + 12_000 / count.max(1)
}
