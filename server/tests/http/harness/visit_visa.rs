//! A complete visit visa, page by page: a grown-up who visits her sister, alone.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::browser::Browser;

type Fields = Vec<(String, String)>;

/// The pages in order, each with what it posts, on the day `now`.
pub fn pages(now: Timestamp) -> Vec<(&'static str, Fields)> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let trip = with_dates(
        texts(
            "trip",
            &[
                ("purpose", "family-friends"),
                ("detail", "My sister has a baby."),
                ("entries", "single"),
                ("first-entry", "DE"),
                ("fingerprints", "no"),
                ("visited", "no"),
            ],
        ),
        &[("trip.arrival", today + 40.days()), ("trip.departure", today + 54.days())],
    );
    let you = with_dates(
        texts(
            "you",
            &[
                ("given-names", "Elif"),
                ("surname", "Yıldız"),
                ("birth-place", "İzmir"),
                ("birth-country", "TR"),
                ("sex", "female"),
                ("civil-status", "single"),
                ("nationality", "TR"),
            ],
        ),
        &[("you.born", today - 35.years())],
    );
    let passport = with_dates(
        texts(
            "passport",
            &[("type", "ordinary"), ("number", "U1234567"), ("country", "TR"), ("more-nationalities", "no")],
        ),
        &[("passport.issued", today - 2.years()), ("passport.valid-until", today + 7.years())],
    );
    let host = [
        ("stay.lodging", "host"),
        ("stay.hosts", "k1"),
        ("stay.hosts.k1.given-names", "Zeynep"),
        ("stay.hosts.k1.surname", "Åkesson"),
        ("stay.hosts.k1.relation", "Sister"),
        ("stay.hosts.k1.address", "Svartbäcksgatan 1, Uppsala"),
        ("stay.hosts.k1.phone", "+46 70 174 06 05"),
        ("stay.hosts.k1.email", "zeynep@example.org"),
    ];
    let money = with_dates(
        texts(
            "money",
            &[
                ("payer", "self"),
                ("means", "card"),
                ("amount", "12 000"),
                ("insured", "yes"),
                ("insurer", "Deniz Sigorta"),
                ("policy", "DS-42"),
                ("fee", "none"),
            ],
        ),
        &[("money.insured-until", today + 70.days())],
    );
    vec![
        (
            "start",
            texts(
                "start",
                &[
                    ("main-destination", "yes"),
                    ("embassy", "swedish"),
                    ("work-permit", "no"),
                    ("eu-family", "no"),
                    ("filler", "self"),
                ],
            ),
        ),
        ("trip", trip),
        ("you", you),
        ("passport", passport),
        (
            "contact",
            texts(
                "contact",
                &[
                    ("street", "Atatürk Caddesi 12"),
                    ("postcode", "35210"),
                    ("town", "İzmir"),
                    ("country", "TR"),
                    ("email", "elif@example.org"),
                    ("phone", "+90 532 555 01 23"),
                    ("lives-abroad", "no"),
                    ("embassy-country", "TR"),
                ],
            ),
        ),
        (
            "work",
            texts(
                "work",
                &[
                    ("situation", "employed"),
                    ("occupation", "Biologist"),
                    ("employer", "Ege University"),
                    ("address", "İzmir"),
                    ("phone", "+90 232 555 01 00"),
                ],
            ),
        ),
        ("stay", host.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()),
        ("money", money),
        ("companions", texts("companions", &[("children", "no")])),
        (
            "declarations",
            texts(
                "declarations",
                &[("truth", "yes"), ("data", "yes"), ("leave", "yes"), ("insurance", "yes"), ("fee", "yes")],
            ),
        ),
    ]
}

/// Fills in every page of the draft at `draft` (`/apply/…`) and arrives at the review.
pub async fn fill_in(browser: &Browser, draft: &str, now: Timestamp) {
    let mut open = browser.get(draft).await.leads_to().to_owned();
    for (page, fields) in pages(now) {
        assert_eq!(open, format!("{draft}/{page}"), "the page before {page} is not right");
        let mut fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("go", "continue"));
        open = browser.post(&open, &fields).await.leads_to().to_owned();
    }
    assert_eq!(open, format!("{draft}/review"));
}

fn texts(page: &str, fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| (format!("{page}.{name}"), (*value).to_owned())).collect()
}

fn with_dates(mut fields: Fields, dates: &[(&str, Date)]) -> Fields {
    for (name, date) in dates {
        fields.push((format!("{name}-day"), date.day().to_string()));
        fields.push((format!("{name}-month"), date.month().to_string()));
        fields.push((format!("{name}-year"), date.year().to_string()));
    }
    fields
}
