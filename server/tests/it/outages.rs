//! A running server under trouble: an honest page, nothing half written, and work goes on once the trouble is over.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use services::{DatabaseAddress, Store, testing::TestHouse};
use tempfile::TempDir;

use crate::{
    browser::{Answer, Beside, Browser, Site, Web, Wire},
    furnished::{STAFF, furnished},
    troubles::{dreiklang, in_environment, said},
};

const ADA: &str = "ada@halvern.example";

/// A running server; it ends with the test.
struct Served {
    process: Child,
    wire: Wire,
    /// What it has logged since it serves.
    log: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// Waits until the command, which has to end in `serve`, says where it serves.
    fn start(mut command: Command) -> Self {
        let mut process = command
            .env("DREIKLANG_ADDR", "127.0.0.1:0")
            .env("DREIKLANG_PUBLIC_URL", "http://portal.halvern.example")
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
        let wire = loop {
            let line = log.next().expect("a server that starts says so").unwrap();
            // As text, and as JSON.
            let address = ["address=", "\"address\":\""].iter().find_map(|before| line.split_once(before));
            if let Some((_, address)) = address {
                break Wire::to(format!("http://{}", address.split([' ', '"']).next().unwrap()));
            }
        };
        // A full pipe would stop the server.
        let kept = Arc::new(Mutex::new(Vec::new()));
        let lines = kept.clone();
        std::thread::spawn(move || {
            log.map_while(Result::ok).for_each(|line| lines.lock().unwrap().push(line));
        });
        Self { process, wire, log: kept }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Site for Served {
    async fn send(&self, request: Request<Body>) -> Answer {
        self.wire.send(request).await
    }
}

fn with_an_administrator() -> TempDir {
    let data = TempDir::new().unwrap();
    let created =
        dreiklang(data.path()).args(["admin", "create", "--email", ADA, "--name", "Ada Amt"]).output();
    let (code, text) = said(&created.unwrap());
    assert_eq!(code, Some(0), "{text}");
    data
}

fn serve(data: &Path) -> Served {
    let mut command = dreiklang(data);
    command.arg("serve");
    Served::start(command)
}

fn is_honest(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.html);
    for text in ["Das hat nicht geklappt", "nichts wurde halb gespeichert", "href=\"/\""] {
        assert!(answer.html.contains(text), "{text}: {}", answer.html);
    }
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("default-src"));
}

#[tokio::test]
async fn a_lock_that_does_not_go_away_is_said_and_what_was_asked_for_works_afterwards() {
    let data = with_an_administrator();
    let portal = serve(data.path());
    let mut ada = Browser::speaking("de");
    let store = Store::open(&DatabaseAddress::Sqlite(data.path().join("dreiklang.db"))).await.unwrap();
    let lock = store.begin().await.unwrap();
    // Reading goes on.
    assert_eq!(ada.get(&portal, "/sign-in").await.status, StatusCode::OK);
    // A form, a page that would remember where somebody wanted to go, and a code that nobody has.
    is_honest(&ada.post(&portal, "/sign-in", &[("email", ADA)]).await);
    is_honest(&ada.get(&portal, "/manage/people").await);
    assert_eq!(ada.get(&portal, "/r/nobody-at-all").await.status, StatusCode::NOT_FOUND);
    drop(lock);
    let asked = ada.post(&portal, "/sign-in", &[("email", ADA)]).await;
    assert_eq!(asked.place(), "/sign-in/code", "{}", asked.html);
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_database_that_is_moved_away_under_a_server_is_written_to_no_more() {
    let data = with_an_administrator();
    let (file, away) = (data.path().join("dreiklang.db"), data.path().join("elsewhere.db"));
    let portal = serve(data.path());
    let mut ada = Browser::speaking("de");
    assert_eq!(ada.get(&portal, "/readyz").await.status, StatusCode::OK);
    std::fs::rename(&file, &away).unwrap();
    is_honest(&ada.post(&portal, "/sign-in", &[("email", ADA)]).await);
    assert_eq!(ada.get(&portal, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    // A copy is another file: what goes to the one that was opened would be lost.
    std::fs::copy(&away, &file).unwrap();
    is_honest(&ada.post(&portal, "/sign-in", &[("email", ADA)]).await);
    std::fs::rename(&away, &file).unwrap();
    let asked = ada.post(&portal, "/sign-in", &[("email", ADA)]).await;
    assert_eq!(asked.place(), "/sign-in/code", "{}", asked.html);
}

/// Asks again until there is an answer; a log and a mail come a moment later.
async fn soon<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let mut beat = tokio::time::interval(std::time::Duration::from_millis(50));
    let found = async {
        loop {
            beat.tick().await;
            if let Some(found) = ask() {
                return found;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), found).await.expect("nothing came")
}

#[tokio::test]
async fn a_postgresql_is_served_once_it_is_migrated() {
    let Some(address) = store::testing::empty_postgres().await else { return };
    let data = TempDir::new().unwrap();
    let run = |argument: &str| {
        let mut command = dreiklang(data.path());
        command.env("DATABASE_URL", &address).arg(argument);
        command
    };
    let (code, text) = said(&run("serve").output().unwrap());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("run `dreiklang migrate` first"), "{text}");
    let (code, text) = said(&run("migrate").output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    let portal = Served::start(run("serve"));
    let page = Browser::speaking("de").get(&portal, "/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn logs_for_machines_are_json_with_the_request_they_belong_to() {
    let data = with_an_administrator();
    let mut command = dreiklang(data.path());
    command.env("DREIKLANG_LOG_FORMAT", "json").arg("serve");
    let portal = Served::start(command);
    let store = Store::open(&DatabaseAddress::Sqlite(data.path().join("dreiklang.db"))).await.unwrap();
    let lock = store.begin().await.unwrap();
    let failed = Browser::speaking("de").post(&portal, "/sign-in", &[("email", ADA)]).await;
    is_honest(&failed);
    let id = failed.headers["x-request-id"].to_str().unwrap();
    let line = soon(|| portal.log.lock().unwrap().iter().find(|line| line.contains(id)).cloned()).await;
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let spans = line["spans"].as_array().unwrap();
    let of_request = spans.iter().any(|span| span["id"] == id && span["path"] == "/sign-in");
    assert!(of_request, "{line}");
    drop(lock);
    store.close().await.unwrap();
}

#[tokio::test]
async fn without_a_mail_server_mails_are_files_in_the_data_folder() {
    let data = with_an_administrator();
    let portal = serve(data.path());
    let asked = Browser::speaking("de").post(&portal, "/sign-in", &[("email", ADA)]).await;
    assert_eq!(asked.place(), "/sign-in/code", "{}", asked.html);
    let folder = data.path().join("mails");
    let mail = soon(|| {
        let file = std::fs::read_dir(&folder).ok()?.next()?.unwrap().path();
        std::fs::read_to_string(file).ok().filter(|mail| mail.contains("\r\n\r\n"))
    })
    .await;
    assert!(mail.contains(&format!("To: {ADA}")) && mail.contains("Subject: "), "{mail}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "one mail, to whoever asked");
}

#[tokio::test]
async fn a_disk_that_fills_up_is_said_and_the_database_stays_whole() {
    let data = with_an_administrator();
    let size = std::fs::metadata(data.path().join("dreiklang.db")).unwrap().len();
    // No file may grow beyond this size (in units of 512 bytes); an ignored signal is passed on, so that writing fails
    // as on a full disk.
    let full = format!(
        "trap '' XFSZ; ulimit -f {}; exec {} serve",
        size / 512 + 64,
        env!("CARGO_BIN_EXE_dreiklang")
    );
    let mut shell = in_environment(Command::new("/bin/sh"), data.path());
    shell.args(["-c", &full]);
    let portal = Served::start(shell);
    let mut met = None;
    for _ in 0..500 {
        // Each stranger's wish is remembered in a session of their own.
        let answer = Browser::speaking("de").get(&portal, "/manage/people").await;
        if answer.status.is_server_error() {
            met = Some(answer);
            break;
        }
        assert_eq!(answer.place(), "/sign-in");
    }
    is_honest(&met.expect("the disk has filled up"));
    assert_eq!(Browser::speaking("de").get(&portal, "/sign-in").await.status, StatusCode::OK);
    drop(portal);
    let (code, text) = said(&dreiklang(data.path()).arg("doctor").output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    let portal = serve(data.path());
    let asked = Browser::speaking("de").post(&portal, "/sign-in", &[("email", ADA)]).await;
    assert_eq!(asked.place(), "/sign-in/code", "{}", asked.html);
}

/// What was logged.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_click_that_fails_is_logged_by_the_number_that_its_page_names() {
    let log = Log::default();
    let kept = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || kept.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let web = Web::over(TestHouse::sqlite().await).await;
    web.house.ctx.store.clone().close().await.unwrap();
    let answer = Browser::speaking("de").get(&web, "/r/anna-berger").await;
    is_honest(&answer);
    let number = answer.headers["x-request-id"].to_str().unwrap();
    assert!(answer.html.contains(number), "{number}: {}", answer.html);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let line = log.lines().find(|line| line.contains("click not kept")).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains(number), "{number}: {line}");
}

/// The way to a database, which can be cut and mended.
struct Way {
    address: std::net::SocketAddr,
    open: tokio::sync::watch::Sender<bool>,
}

impl Way {
    async fn to(server: String) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, is_open) = tokio::sync::watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut here, _)) = listener.accept().await {
                let (mut is_open, server) = (is_open.clone(), server.clone());
                tokio::spawn(async move {
                    let carried = async {
                        let mut there = tokio::net::TcpStream::connect(server).await?;
                        tokio::io::copy_bidirectional(&mut here, &mut there).await
                    };
                    let cut = async {
                        loop {
                            let open = *is_open.borrow_and_update();
                            if !open || is_open.changed().await.is_err() {
                                break;
                            }
                        }
                    };
                    tokio::select! {
                        _ = carried => {}
                        () = cut => {}
                    }
                });
            }
        });
        Self { address, open }
    }
}

#[tokio::test]
async fn a_database_that_goes_away_is_said_and_is_used_again_once_it_is_back() {
    for house in TestHouse::all().await {
        let Some(server) = house.server().map(str::to_owned) else { continue };
        let way = Way::to(server).await;
        let ctx = house.beside(Some(way.address)).await.unwrap();
        let (web, cut) = (furnished(house).await, Beside::over(&ctx));
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        assert_eq!(staff.get(&cut, "/manage/people").await.status, StatusCode::OK);
        assert_eq!(staff.get(&cut, "/readyz").await.status, StatusCode::OK);

        way.open.send_replace(false);
        assert_eq!(staff.get(&cut, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(staff.get(&cut, "/healthz").await.status, StatusCode::OK);
        is_honest(&staff.clone().get(&cut, "/manage/people").await);
        is_honest(&staff.clone().post(&cut, "/sign-in", &[("email", STAFF)]).await);
        is_honest(&staff.clone().get(&cut, "/r/anna-berger").await);

        way.open.send_replace(true);
        assert_eq!(staff.get(&cut, "/readyz").await.status, StatusCode::OK);
        assert_eq!(staff.get(&cut, "/manage/people").await.status, StatusCode::OK, "still signed in");
        ctx.store.close().await.unwrap();
        web.house.close().await;
    }
}
