//! A browser without a screen: keeps cookies, follows nothing by itself, and reads what a person would read.

use futures_util::StreamExt;
use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use dreiklang::{
    config::network::Network,
    http::{Front, router},
};
use services::{Ctx, testing::TestHouse};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tower::ServiceExt;

/// A running web side over a test's house.
pub(crate) struct Web {
    pub(crate) house: TestHouse,
    pub(crate) router: Front,
}

/// A second server beside it.
pub(crate) struct Beside(Front);

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) html: String,
}

/// The way to a server over the network.
#[derive(Clone)]
pub(crate) struct Wire {
    url: String,
    client: reqwest::Client,
}

/// A web side that listens on a socket of its own.
pub(crate) struct Listening {
    pub(crate) wire: Wire,
    end: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Somebody's browser.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
    language: &'static str,
}

/// Where a browser can go.
pub(crate) trait Site {
    async fn send(&self, request: Request<Body>) -> Answer;
}

impl Web {
    pub(crate) async fn over(house: TestHouse) -> Self {
        services::prepare(&house.ctx).await.unwrap();
        let router = front(&house.ctx);
        Self { house, router }
    }

    /// Serves it as the binary does, to whoever connects.
    pub(crate) async fn listen(&self) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire::to(format!("http://{}", listener.local_addr().unwrap()));
        let front = self.router.clone();
        let service =
            axum::ServiceExt::<Request<Body>>::into_make_service_with_connect_info::<SocketAddr>(front);
        let (end, ended) = oneshot::channel::<()>();
        let ended = async move { drop(ended.await) };
        let server = axum::serve(listener, service).with_graceful_shutdown(ended);
        Listening { wire, end, server: tokio::spawn(server.into_future()) }
    }
}

impl Listening {
    /// Ends it once everybody has their answer.
    pub(crate) async fn end(self) {
        drop(self.wire);
        self.end.send(()).unwrap();
        self.server.await.unwrap().unwrap();
    }
}

impl Wire {
    /// To a server at this address; each request goes over a connection of its own.
    pub(crate) fn to(url: String) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self { url, client: client.pool_max_idle_per_host(0).build().unwrap() }
    }
}

impl Site for Wire {
    async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let url = format!("{}{}", self.url, parts.uri);
        let asked = self.client.request(parts.method, url).headers(parts.headers).body(body);
        let answer = asked.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answer { status, headers, html: answer.text().await.unwrap() }
    }
}

impl Beside {
    pub(crate) fn over(ctx: &Ctx) -> Self {
        Self(front(ctx))
    }
}

fn front(ctx: &Ctx) -> Front {
    let network = Network {
        addr: ([127, 0, 0, 1], 0).into(),
        public_url: ctx.host.public_url.clone(),
        trusted_proxies: Vec::new(),
    };
    router(ctx.clone(), &network)
}

async fn answer(front: &Front, request: Request<Body>) -> Answer {
    let response = front.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 16 * 1024 * 1024).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        html: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

impl Site for Web {
    async fn send(&self, request: Request<Body>) -> Answer {
        answer(&self.router, request).await
    }
}

impl Site for Beside {
    async fn send(&self, request: Request<Body>) -> Answer {
        answer(&self.0, request).await
    }
}

impl Answer {
    /// Where a redirect leads.
    pub(crate) fn place(&self) -> &str {
        assert!(self.status.is_redirection(), "{} is no redirect: {}", self.status, self.html);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// What stands in the first field with this name: as typed, chosen from a list, or written over several lines.
    pub(crate) fn value(&self, name: &str) -> String {
        let at = self
            .html
            .find(&format!("name=\"{name}\""))
            .unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        let start = self.html[..at].rfind('<').unwrap();
        let end = at + self.html[at..].find('>').unwrap();
        let (tag, rest) = (&self.html[start..end], &self.html[end + 1..]);
        if tag.starts_with("<textarea") {
            return rest.split("</textarea>").next().unwrap_or_default().to_owned();
        }
        let options = rest.split("</select>").next().unwrap_or_default();
        let options: Vec<_> =
            options.split("<option").skip(1).map(|one| one.split('>').next().unwrap()).collect();
        let tag = match options.iter().find(|one| one.contains(" selected")) {
            _ if !tag.starts_with("<select") => tag,
            Some(chosen) => chosen,
            // As the browser does where nothing is marked.
            None => options.first().copied().unwrap_or_default(),
        };
        let value = tag.split("value=\"").nth(1).unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    /// What stands from this form on, where a page has several.
    pub(crate) fn form(&self, action: &str) -> Self {
        let mark = format!("action=\"{action}\"");
        let at = self.html.find(&mark).unwrap_or_else(|| panic!("no form {action}: {}", self.html));
        Self { status: self.status, headers: self.headers.clone(), html: self.html[at..].to_owned() }
    }
}

/// A body that arrives in parts, as over a network.
fn in_parts(body: &[u8]) -> Body {
    let parts: Vec<_> = body.chunks(16 * 1024).map(|part| Ok::<_, std::io::Error>(part.to_vec())).collect();
    let parts = futures_util::stream::iter(parts).enumerate().then(|(number, part)| async move {
        // Something else has its turn between two of them.
        if number > 0 {
            tokio::task::yield_now().await;
        }
        part
    });
    Body::from_stream(parts)
}

impl Browser {
    pub(crate) fn speaking(language: &'static str) -> Self {
        Self { cookies: BTreeMap::new(), language }
    }

    /// Puts a cookie in, as a browser that has kept one would send it.
    pub(crate) fn remember(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "empfehlen.halvern.example")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0")
            .header(header::COOKIE, cookies.join("; "))
    }

    pub(crate) fn keep_cookies(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) async fn get(&mut self, web: &impl Site, path: &str) -> Answer {
        let answer = web.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await;
        self.keep_cookies(&answer);
        answer
    }

    pub(crate) fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Request<Body> {
        let encode = |text: &str| {
            text.bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect::<String>()
        };
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap()
    }

    pub(crate) async fn post(&mut self, web: &impl Site, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let answer = web.send(self.form(path, pairs)).await;
        self.keep_cookies(&answer);
        answer
    }

    /// Sends a form with a file, its fields first, as the browser does.
    pub(crate) async fn hand_in(
        &mut self,
        web: &impl Site,
        path: &str,
        pairs: &[(&str, &str)],
        (name, file): (&str, impl AsRef<[u8]>),
    ) -> Answer {
        let mut body = String::new();
        for (field, value) in pairs {
            body +=
                &format!("--frontier\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        }
        body += &format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        let body = [body.as_bytes(), file.as_ref(), b"\r\n--frontier--\r\n"].concat();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            .header("sec-fetch-site", "same-origin")
            .body(in_parts(&body))
            .unwrap();
        let answer = web.send(request).await;
        self.keep_cookies(&answer);
        answer
    }

    /// Signs in by the code of the mail, and agrees to the terms where they are asked for.
    pub(crate) async fn sign_in(&mut self, web: &Web, email: &str) {
        let asked = self.post(web, "/sign-in", &[("email", email)]).await;
        assert_eq!(asked.place(), "/sign-in/code");
        web.house.run_jobs().await;
        let mails = web.house.mails.sent();
        let mail = mails.iter().rev().find(|mail| mail.to == email).expect("a mail with the code");
        let code: String = mail.subject.chars().filter(char::is_ascii_digit).collect();
        let entered = self.post(web, "/sign-in/code", &[("code", &code)]).await;
        assert_eq!(entered.place(), "/");
        let home = self.get(web, "/").await;
        if home.status.is_redirection() && home.place() == "/welcome/terms" {
            let terms = self.get(web, "/welcome/terms").await;
            let version = terms.value("version");
            let said = [("version", version.as_str()), ("agree", "yes"), ("share", "name"), ("gifts", "any")];
            let agreed = self.post(web, "/welcome/terms", &said).await;
            assert!(agreed.status.is_redirection(), "{}", agreed.html);
        }
    }
}
