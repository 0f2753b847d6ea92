//! Against a small mail server that the test itself plays.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::time::Duration;

use mail::{MailerError, SmtpMailer};
use ports::testing::{Authority, Identity};
use ports::{Email, Mailer, SendError};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Answers as told to `RCPT` and returns every line that the client sent.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, rcpt: &str) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 here\r\n").await.unwrap();
    let (mut heard, mut line, mut is_data) = (Vec::new(), String::new(), false);
    while stream.read_line(&mut line).await.is_ok_and(|n| n > 0) {
        let said = std::mem::take(&mut line).trim_end().to_owned();
        let answer = match said.split(' ').next().unwrap_or_default() {
            "." => "250 taken",
            _ if is_data => "",
            "EHLO" => "250-here\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
            "AUTH" => "235 welcome",
            "RCPT" => rcpt,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 yes",
        };
        is_data = (is_data || said == "DATA") && said != ".";
        let is_end = said == "." || said == "QUIT" || answer.starts_with('5');
        heard.push(said);
        if !answer.is_empty() {
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
        if is_end {
            break;
        }
    }
    heard
}

async fn mail_server(rcpt: &'static str) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move { converse(listener.accept().await.unwrap().0, rcpt).await });
    (format!("127.0.0.1:{port}"), heard)
}

/// Speaks TLS from the start.
async fn tls_server(identity: &Identity) -> (u16, JoinHandle<Vec<String>>) {
    let chain = vec![CertificateDer::from_pem_slice(identity.certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        match acceptor.accept(listener.accept().await.unwrap().0).await {
            Ok(stream) => converse(stream, "250 yes").await,
            Err(_) => Vec::new(),
        }
    });
    (port, heard)
}

fn mailer(url: &str) -> SmtpMailer {
    trusting(None, url).unwrap()
}

fn trusting(authority: Option<&str>, url: &str) -> Result<SmtpMailer, MailerError> {
    let from = "Lodge <apply@example.org>".parse().unwrap();
    SmtpMailer::new(&url.parse().unwrap(), authority.map(str::as_bytes), from, Duration::from_millis(500))
}

fn email() -> Email {
    Email {
        message_id: "abc@apply.example.org".to_owned(),
        to: "ana@example.com".to_owned(),
        subject: "Your code är 李".to_owned(),
        text: "The code is 123456.\n".to_owned(),
        html: "<p>The code is 123456.</p>".to_owned(),
        template: "register-code".to_owned(),
        language: "sv".to_owned(),
        created: "2026-03-02T08:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_mail_arrives_with_both_parts_and_our_headers() {
    let (host, heard) = mail_server("250 yes").await;
    mailer(&format!("smtp://{host}")).send(&email()).await.unwrap();
    let heard = heard.await.unwrap();
    for line in [
        "RCPT TO:<ana@example.com>",
        "From: Lodge <apply@example.org>",
        "Message-ID: <abc@apply.example.org>",
        "Auto-Submitted: auto-generated",
        "X-Lodge-Template: register-code",
        "Content-Language: sv",
        "Date: Mon, 02 Mar 2026 08:00:00 +0000",
        "The code is 123456.",
        "<p>The code is 123456.</p>",
    ] {
        assert!(heard.iter().any(|said| said == line || said.starts_with(line)), "{line} in {heard:#?}");
    }
    assert!(heard.iter().any(|said| said.starts_with("Content-Type: multipart/alternative")));
    assert!(heard.iter().any(|said| said.starts_with("Subject: Your code =?utf-8?")), "{heard:#?}");
}

#[tokio::test]
async fn a_user_name_in_the_url_logs_in() {
    let (host, heard) = mail_server("250 yes").await;
    mailer(&format!("smtp://lodge:secret@{host}")).send(&email()).await.unwrap();
    assert!(heard.await.unwrap().iter().any(|said| said.starts_with("AUTH PLAIN")));
}

#[tokio::test]
async fn an_unknown_address_is_permanent_and_is_not_repeated() {
    let (host, _heard) = mail_server("550 no <ana@example.com> here").await;
    let error = mailer(&format!("smtp://{host}")).send(&email()).await.unwrap_err();
    assert_eq!(error, SendError { is_permanent: true, cause: "the mail server answered 550".to_owned() });
}

#[tokio::test]
async fn a_full_or_busy_server_is_tried_again() {
    let (host, _heard) = mail_server("451 later").await;
    let error = mailer(&format!("smtp://{host}")).send(&email()).await.unwrap_err();
    assert_eq!(error, SendError { is_permanent: false, cause: "the mail server answered 451".to_owned() });
}

#[tokio::test]
async fn a_silent_server_is_given_up_in_time_and_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let error = mailer(&url).send(&email()).await.unwrap_err();
    assert!(!error.is_permanent, "{error:?}");
}

#[tokio::test]
async fn a_line_break_in_the_subject_starts_no_header() {
    let (host, heard) = mail_server("250 yes").await;
    let subject = "Hello\r\nBcc: eve@example.net".to_owned();
    mailer(&format!("smtp://{host}")).send(&Email { subject, ..email() }).await.unwrap();
    assert!(!heard.await.unwrap().iter().any(|said| said.starts_with("Bcc:")));
}

#[tokio::test]
async fn an_address_that_cannot_be_written_is_permanent() {
    let to = "not an address".to_owned();
    let error = mailer("smtp://127.0.0.1:9").send(&Email { to, ..email() }).await.unwrap_err();
    assert!(error.is_permanent);
}

#[tokio::test]
async fn a_mail_server_of_our_own_authority_is_trusted() {
    let ours = Authority::new("Agency");
    let (port, heard) = tls_server(&ours.certify("localhost")).await;
    trusting(Some(&ours.certificate), &format!("smtps://localhost:{port}")).unwrap().send(&email()).await.unwrap();
    assert!(heard.await.unwrap().iter().any(|said| said == "The code is 123456."));
}

#[tokio::test]
async fn a_mail_server_of_another_authority_or_name_hears_nothing() {
    let (ours, other) = (Authority::new("Agency"), Authority::new("Somebody"));
    for (host, trusted) in [("localhost", Some(&other)), ("localhost", None), ("mail.example.org", Some(&ours))] {
        let (port, heard) = tls_server(&ours.certify(host)).await;
        let trusted = trusted.map(|authority| authority.certificate.as_str());
        let error = trusting(trusted, &format!("smtps://localhost:{port}")).unwrap().send(&email()).await.unwrap_err();
        let cause = "no trusted TLS connection to the mail server: invalid peer certificate";
        assert!(!error.is_permanent && error.cause.starts_with(cause), "{error:?}");
        assert_eq!(heard.await.unwrap(), [""; 0]);
    }
}

#[tokio::test]
async fn a_server_without_the_tls_that_is_required_gets_no_mail() {
    let ours = Authority::new("Agency");
    for authority in [None, Some(ours.certificate.as_str())] {
        let (host, heard) = mail_server("250 yes").await;
        let url = format!("smtp://lodge:secret@{host}?tls=required");
        let error = trusting(authority, &url).unwrap().send(&email()).await.unwrap_err();
        assert!(!error.is_permanent && error.cause.contains("lacks what is needed, such as TLS"), "{error:?}");
        let heard = heard.await.unwrap();
        assert!(!heard.iter().any(|said| said.starts_with("AUTH") || said.starts_with("RCPT")), "{heard:?}");
    }
}

#[tokio::test]
async fn a_file_without_a_certificate_is_no_authority() {
    let refused = |text| trusting(Some(text), "smtps://mail.example.org").err().unwrap();
    assert!(matches!(refused("not a certificate"), MailerError::NoCertificate));
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(matches!(refused(broken), MailerError::Certificates(_)));
}
