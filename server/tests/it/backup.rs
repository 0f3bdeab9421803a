//! A backup is only one if the installation comes back from it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::text::EmailAddress;
use services::{DatabaseAddress, Store};

const ADMIN: &str = "jonas.brandt@halvern.example";

fn dreiklang(data_dir: &Path, database: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dreiklang"));
    command.args(arguments).env("DREIKLANG_DATA_DIR", data_dir).env_remove("DATABASE_URL");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command.output().unwrap()
}

fn succeed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A fresh installation with one person in it, and its backup.
fn backed_up(folder: &Path, database: Option<&str>) -> PathBuf {
    let data = folder.join("data");
    succeed(&dreiklang(&data, database, &["admin", "create", "--email", ADMIN, "--name", "Jonas Brandt"]));
    let into = folder.join("backups");
    let made = PathBuf::from(succeed(&dreiklang(&data, database, &["backup", into.to_str().unwrap()])));
    let names: Vec<_> = fs::read_dir(&into).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, std::slice::from_ref(&made), "nothing half-made stays behind");
    assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o700);
    made
}

async fn knows_the_admin(address: &DatabaseAddress) -> bool {
    let store = Store::open(address).await.unwrap();
    assert_eq!(store.pending_migrations().await.unwrap(), 0);
    let found = store.members().id_by_email(&EmailAddress::parse(ADMIN).unwrap()).await.unwrap();
    store.close().await.unwrap();
    found.is_some()
}

#[tokio::test]
async fn an_installation_on_sqlite_comes_back_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let made = backed_up(folder.path(), None);
    let restored = folder.path().join("restored");
    fs::rename(&made, &restored).unwrap();
    assert!(knows_the_admin(&DatabaseAddress::Sqlite(restored.join("dreiklang.db"))).await);
    let key = |data: &str| fs::read_to_string(folder.path().join(data).join("secret.key")).unwrap();
    assert_eq!(key("restored"), key("data"));
    succeed(&dreiklang(&restored, None, &["doctor"]));
}

#[tokio::test]
async fn an_installation_on_postgresql_comes_back_from_its_backup() {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
    let Ok(server) = std::env::var("DREIKLANG_TEST_POSTGRES_URL") else { return };
    let run = |program: &str, arguments: &[&str]| {
        succeed(&Command::new(program).args(arguments).output().unwrap());
    };
    let database = |name: &str| {
        let name = format!("backup_{}_{name}", std::process::id());
        run("psql", &["--quiet", &server, "--command", &format!("CREATE DATABASE {name}")]);
        format!("{}/{name}", server.rsplit_once('/').unwrap().0)
    };
    let folder = tempfile::tempdir().unwrap();
    let made = backed_up(folder.path(), Some(&database("from")));
    let to = database("to");
    run("pg_restore", &["--dbname", &to, "--no-owner", made.join("dreiklang.dump").to_str().unwrap()]);
    assert!(knows_the_admin(&DatabaseAddress::Postgres { url: to, schema: None }).await);
}

#[test]
fn what_can_not_be_backed_up_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("backups");
    let empty = dreiklang(&folder.path().join("data"), None, &["backup", into.to_str().unwrap()]);
    assert!(!empty.status.success() && !into.exists());
    assert!(String::from_utf8_lossy(&empty.stderr).contains("run `dreiklang migrate` first"));
}
