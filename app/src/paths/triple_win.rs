//! What all three have won.

use super::Path;

/// What all referrals have brought the three.
pub const TRIPLE_WIN: Path = Path::fixed("/triple-win");
/// Its table for spreadsheets.
pub const TRIPLE_WIN_CSV: Path = Path::fixed("/triple-win.csv");
