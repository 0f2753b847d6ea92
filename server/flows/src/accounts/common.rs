//! Passwords that are tried first.

use std::sync::LazyLock;

/// In lower case, sorted by bytes.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../../common_passwords.txt").lines().collect());

/// Whether `text`, in lower case, is in the list of common passwords.
pub(super) fn is_common(text: &str) -> bool {
    COMMON.binary_search(&text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_everything_in_it_is_found() {
        assert!(COMMON.is_sorted() && COMMON.len() > 10_000);
        assert!(is_common("qwertyuiop") && !is_common("four words nobody joins"));
    }
}
