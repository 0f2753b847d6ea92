//! A browser, as far as HTTP goes: it keeps cookies, says where a form comes from, and follows no
//! redirect by itself.

use reqwest::header::{ACCEPT, HeaderMap, LOCATION, ORIGIN};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};

#[derive(Clone)]
pub struct Browser {
    client: Client,
    url: String,
}

/// A response, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap();
        Self { client, url: url.to_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(self.address(path)).header(ACCEPT, "text/html,*/*;q=0.8")).await
    }

    /// Posts a form, as from one of our own pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields)).await
    }

    /// The request that posts a form.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let request = self.client.post(self.address(path)).header(ACCEPT, "text/html,*/*;q=0.8");
        request.header(ORIGIN, &self.url).form(fields)
    }

    /// A request to make up oneself.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), self.address(path))
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.expect("an answer")
    }

    /// `None` when the connection breaks before the answer is here.
    pub async fn try_send(&self, request: RequestBuilder) -> Option<Answer> {
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status(), response.headers().clone());
        Some(Answer { status, headers, text: response.text().await.ok()? })
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl Answer {
    /// Asserts a 303 and answers where it leads.
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.header(LOCATION.as_str())
    }

    /// The header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
