//! Where a host is.

use std::net::IpAddr;

/// Whether what is sent to `host` cannot leave this machine: `localhost`, a loopback address, with
/// or without the brackets of IPv6, or the path of a socket.
pub fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    let is_loopback = bare.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    is_loopback || host.eq_ignore_ascii_case("localhost") || host.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_address_and_a_socket_are_on_this_machine() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "[::1]", "::ffff:127.0.0.1", "/run/pg"]
        {
            assert!(is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_name_that_only_looks_like_it_is_elsewhere() {
        for host in ["127.0.0.1.example.org", "localhost.example.org", "127.example", "0.0.0.0", "10.0.0.1", "::2", ""]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
