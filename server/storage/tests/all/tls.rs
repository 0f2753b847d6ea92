//! PostgreSQL over TLS, with a certificate of an authority of one's own.

use std::path::Path;
use std::time::Duration;

use ports::testing::Authority;
use storage::testing::{ROOT_KEY, TlsServer, seeded_random};
use storage::{Keys, Pools, Storage, StorageError};

async fn connect(url: &str) -> Result<Storage, StorageError> {
    let pools = Pools { wait: Duration::from_secs(10), ..Pools::default() };
    Storage::connect(url, Keys::new(ROOT_KEY), seeded_random(1), pools).await
}

async fn refusal(url: &str) -> String {
    match connect(url).await {
        Err(StorageError::Unsupported(told)) => told,
        other => panic!("{url}: {other:?}"),
    }
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[tokio::test]
async fn only_the_host_that_our_authority_certified_is_our_database() {
    let (ours, other) = (Authority::new("Agency"), Authority::new("Somebody"));
    let identity = ours.certify("localhost");
    let server = TlsServer::start(&identity.certificate, &identity.key);
    let folder = tempfile::tempdir().unwrap();
    let right = written(folder.path(), "right.pem", &ours.certificate);
    let wrong = written(folder.path(), "wrong.pem", &other.certificate);
    let url = |host: &str, parameters: &str| {
        format!("postgres://lodge:hunter2@{host}:{}/postgres?sslmode=verify-full{parameters}", server.port)
    };

    let storage = connect(&url("localhost", &format!("&sslrootcert={right}"))).await.unwrap();
    storage.ping().await.unwrap();
    storage.close().await.unwrap();

    for (url, cause) in [
        (url("localhost", &format!("&sslrootcert={wrong}")), "invalid peer certificate"),
        (url("localhost", ""), "invalid peer certificate: UnknownIssuer"),
        (url("127.0.0.1", &format!("&sslrootcert={right}")), "not valid for name \"127.0.0.1\""),
        (url("localhost", "&sslrootcert=/no/such/file"), "sslrootcert, sslcert or sslkey"),
    ] {
        let told = refusal(&url).await;
        assert!(told.contains(cause) && told.contains("expected a PostgreSQL with `ssl = on`"), "{cause} in {told}");
        assert!(!told.contains("hunter2") && !told.contains('\n'), "{told}");
    }

    server.run("ALTER SYSTEM SET ssl = off").await;
    server.run("SELECT pg_reload_conf()").await;
    let url = url("localhost", &format!("&sslrootcert={right}"));
    // The server takes the setting over when it gets to it.
    while let Ok(storage) = connect(&url).await {
        storage.close().await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = refusal(&url).await;
    assert!(told.contains("server does not support TLS") && told.contains("expected a PostgreSQL"), "{told}");
}
