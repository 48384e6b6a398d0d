//! Partner Center's files: what is in them becomes records, and records become JSON; the database is not known here.

mod ahead;
mod api;
mod beside;
mod bulk;
mod deal;
pub mod directory;
mod encoding;
mod error;
mod heads;
mod insights;
pub mod json;
mod neighbour;
mod open;
mod refused;
mod table;

pub use bulk::rows::Remarks;
pub use deal::deal;
pub use error::{FileError, JsonExpected};
pub use neighbour::Neighbour;
pub use open::{File, Format, Listener, open, referrals};
pub use refused::{RefusedRow, RefusedTo, RefusedWriter, RowContent};
