//! Nobody on the way to PostgreSQL reads what is sent, or stands in for it.

use std::io::ErrorKind;

use ports::is_this_machine;
use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::error::StorageError;

/// Takes an address that leads to this machine, or over TLS to the host that it names and no
/// other; refuses the rest, for the driver's other modes only look like protection.
///
/// A socket stays without TLS: PostgreSQL speaks none there.
pub(super) fn insist(options: PgConnectOptions) -> Result<PgConnectOptions, StorageError> {
    if options.get_socket().is_some() || options.get_host().starts_with('/') {
        return Ok(options.ssl_mode(PgSslMode::Disable));
    }
    let host = options.get_host();
    let weakness = match options.get_ssl_mode() {
        PgSslMode::VerifyFull => return Ok(options),
        _ if is_this_machine(host) => return Ok(options),
        PgSslMode::VerifyCa => "sslmode=verify-ca takes any host's certificate",
        PgSslMode::Require => "sslmode=require takes anybody's certificate",
        PgSslMode::Prefer => {
            "without sslmode, or with sslmode=prefer, TLS is left out when somebody on the way says so"
        }
        PgSslMode::Allow => "sslmode=allow sends everything in the clear",
        PgSslMode::Disable => "sslmode=disable sends everything in the clear",
    };
    Err(StorageError::Unsupported(format!(
        "{weakness}, so somebody between here and {host} could read and change what people entered: expected \
         sslmode=verify-full, with sslrootcert=FILE when the certificate is of an authority of your own"
    )))
}

/// Why there is no connection, with what is wanted when that is TLS.
pub(super) fn explain(error: SqlxError) -> StorageError {
    let cause = match &error {
        SqlxError::Tls(cause) => cause.to_string(),
        // The handshake's failures come wrapped.
        SqlxError::Io(cause) if cause.kind() == ErrorKind::InvalidData => cause.to_string(),
        SqlxError::Io(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            format!("the file of sslrootcert, sslcert or sslkey, or the socket, cannot be opened: {cause}")
        }
        _ => return error.into(),
    };
    StorageError::Unsupported(format!(
        "no trusted connection to the database: {cause}; expected a PostgreSQL with `ssl = on` and a certificate for \
         the host that the address names, of a public authority or of the one in sslrootcert"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insist_on(address: &str) -> Result<PgConnectOptions, StorageError> {
        insist(address.parse().expect("an address"))
    }

    #[test]
    fn only_verify_full_leaves_this_machine() {
        for host in ["db.example.org", "10.0.0.1", "[2001:db8::1]:5433", "127.0.0.1.example.org"] {
            for mode in
                ["", "?sslmode=disable", "?sslmode=allow", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca"]
            {
                let told =
                    insist_on(&format!("postgres://lodge:hunter2@{host}/lodge{mode}")).expect_err(host).to_string();
                let mode = mode.trim_start_matches('?');
                assert!(told.contains(mode) && told.contains("expected sslmode=verify-full"), "{told}");
                assert!(!told.contains("hunter2"), "{told}");
            }
            assert!(insist_on(&format!("postgres://lodge@{host}/lodge?sslmode=verify-full")).is_ok(), "{host}");
        }
    }

    #[test]
    fn a_database_on_this_machine_may_do_without() {
        for host in ["localhost", "127.0.0.1", "[::1]", "localhost:5433", "%2Frun%2Fpostgresql"] {
            for mode in ["", "?sslmode=disable", "?sslmode=require"] {
                assert!(insist_on(&format!("postgres://lodge@{host}/lodge{mode}")).is_ok(), "{host}{mode}");
            }
        }
    }

    #[test]
    fn another_host_in_the_parameters_is_the_one_that_counts() {
        for elsewhere in ["?host=db.example.org", "?hostaddr=10.0.0.1"] {
            assert!(insist_on(&format!("postgres://lodge@localhost/lodge{elsewhere}")).is_err(), "{elsewhere}");
        }
        assert!(insist_on("postgres://lodge@db.example.org/lodge?host=/run/postgresql").is_ok());
    }

    #[test]
    fn a_socket_is_asked_for_no_tls() {
        let options = insist_on("postgres://lodge@localhost/lodge?host=/run/postgresql").expect("a socket");
        assert!(matches!(options.get_ssl_mode(), PgSslMode::Disable));
    }
}
