//! Takes connections and speaks HTTP/1.1 and HTTP/2 on them, without letting anybody hold one open
//! for nothing.
//!
//! `axum::serve` keeps silent and half-sent connections for ever; this gives every step a time.

mod doors;
mod patient;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use tracing::{debug, warn};

use self::doors::{Doors, Place};
use self::patient::Patient;
use crate::config::Settings;
use crate::middleware::Localised;

/// After a failed accept, usually because there are no more file handles.
const PAUSE: Duration = Duration::from_millis(100);
/// An HTTP/2 connection is asked so often whether it is still there, and must answer in half the
/// time.
const PING: Duration = Duration::from_secs(20);
const STREAMS_PER_CONNECTION: u32 = 16;
/// What an HTTP/2 connection may send before somebody reads it, in bytes, on one stream and on all
/// together. It is held in memory, and has to be little: there may be thousands of connections.
const WINDOW: u32 = 64 << 10;
/// The head of a request on a stream.
const STREAM_HEAD: usize = 16 << 10;
const HEADERS: usize = 64;
/// All of a request's head, and what is held of its body.
const BUFFER: usize = 64 << 10;
/// An answer is given up when the other side takes none of it for so long.
const STALLED: Duration = Duration::from_secs(60);

/// Serves until `stop` is done, then lets requests finish for the drain time.
pub async fn serve(listener: TcpListener, service: Localised, settings: &Settings, stop: impl Future<Output = ()>) {
    let builder = builder(settings);
    let connections = GracefulShutdown::new();
    let doors = Doors::new(settings);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = doors.enter(peer.ip()) else { continue };
                let stream = Patient::new(stream, settings.first_byte_time, STALLED);
                let service = service.clone();
                tokio::spawn(converse(builder.clone(), stream, peer, service, connections.watcher(), place));
            }
            Err(error) => {
                warn!(%error, "cannot take a connection");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(settings.drain_time, connections.shutdown()).await.is_err() {
        warn!("some requests had not finished in time");
    }
}

fn builder(settings: &Settings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_time)
        .max_headers(HEADERS)
        .max_buf_size(BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING / 2)
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_send_buf_size(BUFFER)
        .max_header_list_size(u32::try_from(STREAM_HEAD).unwrap_or(u32::MAX));
    builder
}

async fn converse(
    builder: Builder<TokioExecutor>,
    stream: Patient<TcpStream>,
    peer: SocketAddr,
    service: Localised,
    watcher: Watcher,
    place: Place,
) {
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        service.clone().oneshot(request)
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        debug!(error, "a connection broke off");
    }
    drop(place);
}
