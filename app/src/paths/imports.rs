//! Customers from a file.

use super::Path;

/// Customers from a file.
pub const IMPORT: Path = Path::fixed("/manage/import");
/// Does what the dry run has shown.
pub const IMPORT_CONFIRM: Path = Path::fixed("/manage/import/confirm");
/// The lines that could not be read, as a file.
pub const IMPORT_ERRORS: Path = Path::fixed("/manage/import/errors.csv");
/// An empty file with the right columns.
pub const IMPORT_TEMPLATE: Path = Path::fixed("/manage/import/template.csv");
