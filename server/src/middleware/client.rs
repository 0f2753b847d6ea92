//! Who is asking: the address, for rate limits.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

/// Whose `X-Forwarded-For` is believed.
pub(super) type Proxies = Arc<[IpNet]>;

/// The address that the request comes from, beyond the proxies that are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get().copied().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

pub(super) async fn identify(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let address = client(peer.ip(), request.headers(), &proxies);
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

/// Each proxy adds the address that it saw to the end of `X-Forwarded-For`. Read from the end, the
/// first that is not a trusted proxy is the client; what stands before it anybody can have written.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(&address.to_canonical()));
    let mut nearest = peer.to_canonical();
    let texts = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let addresses: Vec<_> = texts.flat_map(|text| text.split(',')).map(|text| text.trim().parse::<IpAddr>()).collect();
    for address in addresses.into_iter().rev() {
        if !is_trusted(&nearest) {
            break;
        }
        let Ok(address) = address else { break };
        nearest = address.to_canonical();
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let headers = forwarded.iter().map(|value| ("x-forwarded-for".parse().unwrap(), value.parse().unwrap()));
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers.collect(), &trusted).to_string()
    }

    #[test]
    fn behind_a_trusted_proxy_the_client_is_whom_it_saw() {
        assert_eq!(seen("10.0.0.1", &["192.0.2.7"], &["10.0.0.0/8"]), "192.0.2.7");
        assert_eq!(seen("10.0.0.1", &["192.0.2.7, 10.0.0.2"], &["10.0.0.0/8"]), "192.0.2.7");
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(seen("192.0.2.9", &["127.0.0.1"], &[]), "192.0.2.9");
        assert_eq!(seen("192.0.2.9", &["127.0.0.1"], &["10.0.0.0/8"]), "192.0.2.9");
        assert_eq!(seen("10.0.0.1", &["127.0.0.1, 192.0.2.9"], &["10.0.0.0/8"]), "192.0.2.9");
    }

    #[test]
    fn what_cannot_be_read_counts_as_the_proxy() {
        assert_eq!(seen("10.0.0.1", &["unknown"], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
