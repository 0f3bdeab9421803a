//! Where data lives, and the secret key beside it.

use std::path::{Path, PathBuf};

use services::{DatabaseAddress, SecretKey, ports::Random};

use super::{ConfigError, Raw, wrong};

/// Where data lives.
#[derive(Debug)]
pub(crate) struct Storage {
    /// The folder of files: database, secret key, mails without a server.
    pub(crate) data_dir: PathBuf,
    /// The database.
    pub(crate) database: DatabaseAddress,
    /// The secret key, when it is given and not kept in the folder.
    pub(crate) secret: Option<SecretKey>,
}

impl Storage {
    pub(super) fn check(raw: &Raw) -> Result<Self, ConfigError> {
        let data_dir = PathBuf::from(raw.data_dir.as_deref().unwrap_or("data"));
        let database = match raw.database_url.as_deref() {
            None => DatabaseAddress::Sqlite(data_dir.join("dreiklang.db")),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                DatabaseAddress::Postgres { url: url.to_owned(), schema: None }
            }
            // The address may carry a password, so it is not repeated.
            Some(_) => return Err(wrong("DATABASE_URL", "…", "a postgres:// address, or unset for SQLite")),
        };
        let secret = raw
            .secret_key
            .as_deref()
            .map(|text| {
                SecretKey::from_base64(text)
                    .ok_or_else(|| wrong("DREIKLANG_SECRET_KEY", "…", "32 random bytes in base64"))
            })
            .transpose()?;
        Ok(Self { data_dir, database, secret })
    }
}

/// The installation's secret key: the given one, or the one in the data folder, made on the first start and readable
/// by its owner only.
///
/// # Errors
/// When the file can't be read, written, or is not a key.
pub(crate) fn secret_key(storage: &Storage, random: &dyn Random) -> std::io::Result<SecretKey> {
    if let Some(given) = &storage.secret {
        return Ok(given.clone());
    }
    std::fs::create_dir_all(&storage.data_dir)?;
    let file = storage.data_dir.join("secret.key");
    match std::fs::read_to_string(&file) {
        Ok(text) => SecretKey::from_base64(&text)
            .ok_or_else(|| std::io::Error::other(format!("{} is not a key", file.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = SecretKey::new(random.bytes32());
            write_private(&file, &key.to_base64())?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

/// That a SQLite file is missing where its key is: the volume is not mounted, or somebody has moved it. Beginning anew there
/// would look like an empty portal, and make the old file's secrets unreadable once it is back.
///
/// # Errors
/// A sentence that says what to do.
pub(crate) fn not_torn_apart(storage: &Storage) -> Result<(), String> {
    let DatabaseAddress::Sqlite(file) = &storage.database else { return Ok(()) };
    let key = storage.data_dir.join("secret.key");
    if file.exists() || !key.exists() {
        return Ok(());
    }
    Err(format!(
        "{} is missing beside {}: bring it back (docs/operation.md), or remove the key to begin with an empty portal",
        file.display(),
        key.display()
    ))
}

/// Writes a new file that only its owner can read. It has its name only once all of it is on the disk: half a key would keep
/// the portal from ever starting again.
///
/// # Errors
/// When it is there already, or can't be written.
pub(crate) fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let folder = file.parent().unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let partial = folder.join(format!(".{name}.{}.partial", std::process::id()));
    let written = (|| {
        let mut new = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        // A link, unlike a new name, refuses to replace what another process has written meanwhile.
        std::fs::hard_link(&partial, file)
    })();
    let removed = std::fs::remove_file(&partial);
    written?;
    removed?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use services::ports::OsRandom;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        let storage =
            Storage { database: DatabaseAddress::Sqlite(data_dir.join("x.db")), data_dir, secret: None };
        let first = secret_key(&storage, &OsRandom).unwrap();
        let second = secret_key(&storage, &OsRandom).unwrap();
        assert_eq!(first.to_base64(), second.to_base64());
        let mode =
            std::os::unix::fs::MetadataExt::mode(&storage.data_dir.join("secret.key").metadata().unwrap());
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(storage.data_dir.join("secret.key"), "not a key").unwrap();
        assert!(secret_key(&storage, &OsRandom).is_err());
        assert!(write_private(&storage.data_dir.join("secret.key"), "another").is_err(), "it is there");
        let names = std::fs::read_dir(&storage.data_dir).unwrap().count();
        assert_eq!(names, 1, "nothing half written is left");
    }

    #[test]
    fn a_file_without_its_database_is_no_new_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().to_owned();
        let database = DatabaseAddress::Sqlite(data_dir.join("dreiklang.db"));
        let storage = Storage { database, data_dir, secret: None };
        assert_eq!(not_torn_apart(&storage), Ok(()), "an empty folder is a first start");
        secret_key(&storage, &OsRandom).unwrap();
        assert!(not_torn_apart(&storage).unwrap_err().contains("dreiklang.db is missing beside"));
        std::fs::write(storage.data_dir.join("dreiklang.db"), "").unwrap();
        assert_eq!(not_torn_apart(&storage), Ok(()));
    }
}
