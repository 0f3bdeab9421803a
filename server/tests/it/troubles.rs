//! What can be wrong with an installation, met by the binary itself: an exit code, one honest sentence, nothing half
//! written.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use services::{DatabaseAddress, Store};
use tempfile::TempDir;

/// The binary in an environment of its own.
pub(crate) fn dreiklang(data: &Path) -> Command {
    in_environment(Command::new(env!("CARGO_BIN_EXE_dreiklang")), data)
}

pub(crate) fn in_environment(mut command: Command, data: &Path) -> Command {
    command.env_clear().env("PATH", "/usr/bin:/bin").env("DREIKLANG_DATA_DIR", data);
    command
}

const CREATE: [&str; 6] = ["admin", "create", "--email", "ada@halvern.example", "--name", "Ada Amt"];

pub(crate) fn said(output: &Output) -> (Option<i32>, String) {
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), text)
}

async fn store(data: &TempDir) -> Store {
    Store::open(&DatabaseAddress::Sqlite(data.path().join("dreiklang.db"))).await.unwrap()
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let data = TempDir::new().unwrap();
    // Each waits for a while, so they wait together.
    let running = ["serve", "doctor", "migrate"].map(|command| {
        dreiklang(data.path())
            .env("DATABASE_URL", "postgres://somebody:hunter2@127.0.0.1:1/nowhere")
            .arg(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    });
    for command in running {
        let output = command.wait_with_output().unwrap();
        let (code, text) = said(&output);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("dreiklang:") && !text.contains("hunter2"), "{text}");
    }
}

#[test]
fn settings_are_text_and_secrets_stay_out_of_errors() {
    let data = TempDir::new().unwrap();
    let file = data.path().join("portal.toml");
    let migrate = |written: Option<&str>, environment: &[(&str, &str)]| {
        let mut command = dreiklang(data.path());
        if let Some(written) = written {
            std::fs::write(&file, written).unwrap();
            command.env("DREIKLANG_CONFIG", &file);
        }
        said(&command.envs(environment.iter().copied()).arg("migrate").output().unwrap())
    };
    let (code, text) = migrate(None, &[("DREIKLANG_COMPANY_NAME", "4711")]);
    assert_eq!(code, Some(0), "{text}");
    for (written, environment, must_say) in [
        (None, &[("DREIKLANG_SECRET_KEY", "12345678")][..], "DREIKLANG_SECRET_KEY is `…`"),
        (Some("secret_key = \"12345678\n"), &[], "TOML parse error at line 1"),
        (Some("secret_key = 12345678\n"), &[], "DREIKLANG_SECRET_KEY must be text"),
        (Some("frobnicate = \"12345678\"\n"), &[], "DREIKLANG_FROBNICATE is no setting"),
        (Some("log_format = \"xml\"\n"), &[], "DREIKLANG_LOG_FORMAT is `xml`"),
    ] {
        let (code, text) = migrate(written, environment);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(must_say) && !text.contains("12345678"), "{text}");
    }
    let (code, text) = migrate(Some("log_format = \"xml\"\n"), &[("DREIKLANG_LOG_FORMAT", "text")]);
    assert_eq!(code, Some(0), "what stands in the environment is taken: {text}");
    let nowhere = data.path().join("nowhere.toml");
    let (code, text) = migrate(None, &[("DREIKLANG_CONFIG", nowhere.to_str().unwrap())]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("nowhere.toml"), "{text}");
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let data = TempDir::new().unwrap();
    let file = data.path().join("a-file");
    std::fs::write(&file, "in the way").unwrap();
    let (code, text) = said(&dreiklang(&file).arg("serve").output().unwrap());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("dreiklang:"), "{text}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "in the way");
}

#[tokio::test]
async fn a_locked_database_is_waited_for_and_then_left_as_it_was() {
    let data = TempDir::new().unwrap();
    assert!(dreiklang(data.path()).arg("migrate").status().unwrap().success());
    let store = store(&data).await;
    let lock = store.begin().await.unwrap();
    let (code, text) = said(&dreiklang(data.path()).args(CREATE).output().unwrap());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("locked"), "{text}");
    drop(lock);
    let (code, text) = said(&dreiklang(data.path()).args(CREATE).output().unwrap());
    assert_eq!(code, Some(0), "nothing of the first try is in the way: {text}");
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_full_disk_ends_an_import_and_the_database_stays_whole() {
    let data = TempDir::new().unwrap();
    assert!(dreiklang(data.path()).arg("migrate").status().unwrap().success());
    let list = data.path().join("customers.csv");
    let mut text = String::from("company;domains;country;status;person;mail\n");
    for n in 0..20_000 {
        text += &format!("Werk {n};werk{n}.example;DE;customer;Person {n};p@werk{n}.example\n");
    }
    std::fs::write(&list, text).unwrap();
    // No file may grow beyond this size; an ignored signal is passed on, so that writing fails as on a full disk.
    let full = format!(
        "trap '' XFSZ; ulimit -f 4096; exec {} import customers {}",
        env!("CARGO_BIN_EXE_dreiklang"),
        list.display()
    );
    let mut shell = in_environment(Command::new("/bin/sh"), data.path());
    let (code, text) = said(&shell.args(["-c", &full]).output().unwrap());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("full") || text.contains("I/O"), "{text}");
    let (code, text) = said(&dreiklang(data.path()).arg("doctor").output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    let again = dreiklang(data.path()).args(["import", "customers"]).arg(&list).output().unwrap();
    let (code, text) = said(&again);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("refused 0"), "{text}");
}

#[test]
fn an_import_says_which_lines_it_refused_and_why() {
    let data = TempDir::new().unwrap();
    assert!(dreiklang(data.path()).arg("migrate").status().unwrap().success());
    let list = data.path().join("kunden.csv");
    let lines = "Konzern;Person;Mail\nKestrel;Cem Ak;cem@kestrel.example\nWiesner;Carla;carla@\n";
    std::fs::write(&list, lines).unwrap();
    let import = |arguments: &[&str]| {
        let mut command = dreiklang(data.path());
        said(&command.args(["import", "customers"]).arg(&list).args(arguments).output().unwrap())
    };
    // What can't be meant is said in a sentence, and nothing is read.
    let senseless: [(&[&str], &str); 5] = [
        (&[], "keine Spalte mit der Organisation"),
        (&["--map", "Konzern"], "--map is not HEADING=COLUMN"),
        (&["--map", "Firma=company"], "Diese Zuordnung passt nicht zur Datei"),
        (&["--country", "Austria"], "--country is not a code of two letters"),
        (&["--language", "fr"], "--language is neither de nor en"),
    ];
    for (arguments, why) in senseless {
        let (code, text) = import(arguments);
        assert!(code == Some(1) && text.contains(why), "{arguments:?}: {text}");
    }
    let all = ["--map", "Konzern=company", "--country", "AT"];
    let with = |more: &[&str]| import(&[&all[..], more].concat());
    let (code, text) = import(&["--map", "Konzern=company", "--dry-run"]);
    assert!(code == Some(0) && text.contains("new customers 0") && text.contains("refused 2"), "{text}");

    // Looked at twice is not taken once.
    for _ in 0..2 {
        let (code, text) = with(&["--dry-run"]);
        assert_eq!(code, Some(0), "{text}");
        for part in
            ["lines 2", "new customers 1", "new people 1", "refused 1", "dry run: nothing was written"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let (_, text) = with(&[]);
    assert!(text.contains("new customers 1") && text.contains("new people 1"), "{text}");
    let errors = data.path().join("kunden.csv.errors.csv");
    assert!(text.contains(&format!("refused lines: {}", errors.display())), "{text}");
    let written = std::fs::read_to_string(errors).unwrap();
    assert!(written.contains("Zeile;Grund;Konzern;Person;Mail"), "{written}");
    let refused = "3;Das ist keine vollständige E-Mail-Adresse.;Wiesner;Carla;carla@";
    assert!(written.contains(refused), "{written}");
    let elsewhere = data.path().join("refused.csv");
    let (_, text) = with(&["--errors", &elsewhere.display().to_string(), "--language", "en"]);
    assert!(text.contains("new customers 0") && text.contains("unchanged 1"), "{text}");
    let written = std::fs::read_to_string(elsewhere).unwrap();
    assert!(written.contains("Line;Reason;Konzern") && written.contains("Wiesner;Carla;carla@"), "{written}");
}

#[tokio::test]
async fn doctor_says_what_is_wrong_and_ends_with_an_error() {
    let data = TempDir::new().unwrap();
    let doctor = || said(&dreiklang(data.path()).arg("doctor").output().unwrap());
    let (code, text) = doctor();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("schema steps are pending"), "{text}");

    assert!(dreiklang(data.path()).arg("migrate").status().unwrap().success());
    let (code, text) = doctor();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("the ledger agrees") && !text.contains("TROUBLE"), "{text}");

    let store = store(&data).await;
    let now = services::ports::Clock::now(&services::ports::SystemClock);
    let tx = store.begin().await.unwrap();
    tx.push_job(store::jobs::NewJob {
        id: uuid::Uuid::from_u128(7),
        kind: "send_mail",
        payload: "{}".to_owned(),
        dedup_key: None,
        run_at: now,
        created_at: now,
    })
    .await
    .unwrap();
    tx.bury_job(uuid::Uuid::from_u128(7), now, "mail_refused").await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let (code, text) = doctor();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("was given up: mail_refused") && text.contains("1 thing needs a person"), "{text}");
}

#[tokio::test]
async fn doctor_finds_a_ledger_that_disagrees_and_a_folder_that_can_not_be_written() {
    let data = TempDir::new().unwrap();
    assert!(dreiklang(data.path()).arg("migrate").status().unwrap().success());
    let store = store(&data).await;
    store::testing::invent_balance(&store).await;
    store.close().await.unwrap();
    // Stands where the doctor's own probe would be written; permissions would not stop a test that runs as root.
    std::fs::create_dir(data.path().join(".doctor")).unwrap();
    let (code, text) = said(&dreiklang(data.path()).arg("doctor").output().unwrap());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("TROUBLE ledger, ") && text.contains("was counted"), "{text}");
    assert!(text.contains("can't be written"), "{text}");
}

#[tokio::test]
async fn a_database_that_was_moved_away_is_no_empty_portal() {
    let data = TempDir::new().unwrap();
    let (file, away) = (data.path().join("dreiklang.db"), data.path().join("elsewhere.db"));
    let (code, text) = said(&dreiklang(data.path()).args(CREATE).output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    let running = store(&data).await;
    running.ping().await.unwrap();
    std::fs::rename(&file, &away).unwrap();
    assert!(running.ping().await.is_err(), "what is written to it now is not where it belongs");
    assert!(running.begin().await.is_err());
    std::fs::copy(&away, &file).unwrap();
    assert!(running.ping().await.is_err(), "nor is a copy the file that was opened");
    std::fs::remove_file(&file).unwrap();
    for command in [&["serve"][..], &["doctor"], &["migrate"], &["backup", "backups"], &CREATE] {
        let (code, text) = said(&dreiklang(data.path()).args(command).output().unwrap());
        assert_eq!(code, Some(1), "{command:?}: {text}");
        assert!(text.contains("dreiklang.db is missing beside"), "{command:?}: {text}");
        assert!(!file.exists(), "{command:?} began anew");
    }
    std::fs::rename(&away, &file).unwrap();
    let (code, text) = said(&dreiklang(data.path()).arg("doctor").output().unwrap());
    assert_eq!(code, Some(0), "{text}");
}
