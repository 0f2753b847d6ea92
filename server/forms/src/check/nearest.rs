//! The name that was probably meant.

use strsim::damerau_levenshtein;

/// The one of `names` that is most like `name`, if any is like it at all.
fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distance = |other: &str| damerau_levenshtein(name, other);
    let best = names.into_iter().min_by_key(|other| distance(other))?;
    let longest = name.chars().count().max(best.chars().count());
    (distance(best) * 5 <= longest * 2).then_some(best)
}

/// What to do about the unknown `name`: `advice`, after the name that was probably meant.
pub fn advice<'n>(name: &str, names: impl IntoIterator<Item = &'n str>, advice: &str) -> String {
    let Some(meant) = nearest(name, names) else { return advice.to_owned() };
    let (first, rest) = advice.split_at(advice.chars().next().map_or(0, char::len_utf8));
    format!("did you mean `{meant}`? {}{rest}", first.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keys_finds_the_name_that_was_meant() {
        let names = ["passport.number", "passport.issued", "trip.arrival"];
        assert_eq!(nearest("pasport.number", names), Some("passport.number"));
        assert_eq!(nearest("passport.nr", names), Some("passport.number"));
        assert_eq!(nearest("trip.arrvial", names), Some("trip.arrival"));
    }

    #[test]
    fn a_name_like_no_other_finds_nothing() {
        assert_eq!(nearest("employer", ["passport.number", "trip.arrival"]), None);
        assert_eq!(nearest("employer", []), None);
    }
}
