use std::time::Duration;

use i18n::Language;

use super::{Letter, Template, compose, days, lifetime};

/// A letter with every value that any template names.
fn letter(template: Template, language: Language) -> Letter {
    let day = Duration::from_secs(24 * 60 * 60);
    compose(
        template,
        language,
        &[
            ("code", "402917"),
            ("lifetime", &lifetime(language, day)),
            ("link", "https://lodge.example/way?a=1&b=2"),
            ("service", "Visit visa"),
            ("date", &i18n::format::date(jiff::civil::date(2026, 12, 24), language)),
            ("left", &days(language, 7)),
            ("time", &super::moment(language, jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC)),
            ("number", "10482231-47"),
            ("steps", "Gather your papers.\nVisit the embassy & sign."),
            ("fee", &i18n::format::money(9_000, "EUR", language)),
            ("address", "The Agency, Long Street 1, 111 11 Town; post@agency.example"),
        ],
    )
}

#[test]
fn every_mail_reads_well_in_every_language() {
    for language in Language::ALL {
        for template in Template::ALL {
            let letter = letter(template, language);
            let name = format!("{}.{}", letter.template, language.tag());
            insta::assert_snapshot!(name, format!("{}\n\n{}\n{}", letter.subject, letter.text, letter.html));
        }
    }
}

#[test]
fn every_value_that_a_mail_names_is_filled_in() {
    for language in Language::ALL {
        for template in Template::ALL {
            let letter = letter(template, language);
            for part in [&letter.subject, &letter.text] {
                assert!(!part.contains('{'), "{template:?} in {language:?}: {part}");
            }
        }
    }
}

#[test]
fn a_mail_has_one_link_or_one_code_of_six_digits() {
    for language in Language::ALL {
        for template in Template::ALL {
            let letter = letter(template, language);
            let links = letter.text.matches("https://").count();
            let buttons = letter.html.matches("<a ").count();
            let codes = letter.text.matches("402917").count();
            let wanted = match template {
                Template::Code | Template::LogInCode => (0, 0, 1),
                Template::DraftDeleted => (0, 0, 0),
                _ => (1, 1, 0),
            };
            assert_eq!((links, buttons, codes), wanted, "{template:?} in {language:?}");
        }
    }
}

#[test]
fn a_name_cannot_write_html_or_headers() {
    let letter =
        compose(Template::DraftDeleted, Language::En, &[("service", "<b>A & \"B\"</b>\r\nBcc: x@example.org")]);
    assert!(letter.html.contains("&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;"));
    assert!(!letter.subject.contains(['\r', '\n']) && !letter.text.contains("Bcc") && !letter.html.contains("<b>"));
}

#[test]
fn an_application_without_a_fee_says_nothing_of_one() {
    let values = [("service", "Visit visa"), ("steps", ""), ("fee", ""), ("address", ""), ("number", "10482231-47")];
    let letter = compose(Template::Submitted, Language::En, &values);
    assert!(!letter.text.contains("fee") && !letter.text.contains("invoice") && !letter.text.contains("{address}"));
}

#[test]
fn lengths_of_time_are_in_hours_where_they_are_whole() {
    assert_eq!(lifetime(Language::En, Duration::from_secs(3_600)), "1 hour");
    assert_eq!(lifetime(Language::Sv, Duration::from_secs(86_400)), "24 timmar");
    assert_eq!(lifetime(Language::En, Duration::from_secs(90 * 60)), "90 minutes");
}

#[test]
fn in_arabic_what_is_written_from_left_to_right_does_not_turn_round() {
    let letter = letter(Template::Submitted, Language::Ar);
    for part in [&letter.text, &letter.html] {
        assert!(part.contains("\u{2068}Visit visa\u{2069}"), "{part}");
        assert!(part.contains("\u{2068}The Agency, Long Street 1, 111 11 Town; post@agency.example\u{2069}"), "{part}");
    }
    assert!(letter.subject.ends_with(": \u{2068}Visit visa\u{2069}"), "{}", letter.subject);
}

#[test]
fn a_link_and_a_number_can_be_copied_from_an_arabic_mail_as_they_are() {
    let letter = letter(Template::Submitted, Language::Ar);
    for alone in ["https://lodge.example/way?a=1&b=2", "10482231-47"] {
        assert!(letter.text.lines().any(|line| line == alone), "{}", letter.text);
    }
}

#[test]
fn what_comes_next_is_numbered_in_both_parts() {
    let letter = letter(Template::Submitted, Language::Sv);
    assert!(letter.text.contains("\n\nDet här händer nu:\n1. Gather your papers.\n2. Visit the embassy & sign.\n\n"));
    assert!(letter.html.contains("<li dir=\"auto\">Visit the embassy &amp; sign.</li>"), "{}", letter.html);
    let silent = compose(Template::Submitted, Language::Sv, &[("steps", ""), ("number", "10482231-47")]);
    assert!(!silent.text.contains("händer nu") && !silent.html.contains("<ol"), "{}", silent.text);
}
