//! A mail server that speaks TLS from the start and keeps what it is given.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ports::testing::Identity;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::tls::acceptor;

pub struct MailServer {
    pub port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
}

/// As it came: recipient, and head and body in one text.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub text: String,
}

impl MailServer {
    pub async fn start(identity: &Identity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), mails: Arc::default() };
        tokio::spawn(answer(listener, acceptor(identity), server.mails.clone()));
        server
    }

    /// The mail of this template to `address`; waits until it is here.
    pub async fn mail(&self, address: &str, template: &str) -> Mail {
        let wanted = format!("X-Lodge-Template: {template}\n");
        for _ in 0..200 {
            let mails = self.mails.lock().unwrap().clone();
            if let Some(mail) = mails.into_iter().find(|mail| mail.to == address && mail.text.contains(&wanted)) {
                return mail;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no {template} to {address} among {:#?}", self.mails.lock().unwrap());
    }
}

impl Mail {
    /// The code of six digits in its first part, which is plain text.
    pub fn code(&self) -> &str {
        let (_, parts) = self.text.split_once("Content-Type: text/plain").expect("a part of plain text");
        let (_, body) = parts.split_once("\n\n").expect("the part has a body");
        body.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("a code")
    }
}

async fn answer(listener: TcpListener, acceptor: TlsAcceptor, mails: Arc<Mutex<Vec<Mail>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, mails) = (acceptor.clone(), mails.clone());
        tokio::spawn(async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                // The other side may hang up when it likes.
                let _ = converse(stream, &mails).await;
            }
        });
    }
}

async fn converse(stream: TlsStream<TcpStream>, mails: &Mutex<Vec<Mail>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example.org\r\n").await?;
    stream.flush().await?;
    let (mut line, mut to, mut text, mut is_data) = (String::new(), String::new(), String::new(), false);
    while stream.read_line(&mut line).await? > 0 {
        let said = std::mem::take(&mut line).trim_end().to_owned();
        if is_data && said != "." {
            text.push_str(&said);
            text.push('\n');
            continue;
        }
        let answer = match said.split([' ', ':']).next().unwrap_or_default() {
            "." => {
                mails.lock().unwrap().push(Mail { to: to.clone(), text: std::mem::take(&mut text) });
                "250 taken"
            }
            "EHLO" => "250-mail.example.org\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 welcome",
            "RCPT" => {
                to = said.trim_start_matches("RCPT TO:<").split('>').next().unwrap_or_default().to_owned();
                "250 yes"
            }
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 yes",
        };
        is_data = said == "DATA";
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await?;
    }
    Ok(())
}
