//! Partner Center's files: what is in them becomes records, and records become JSON; the database is not known here.

mod ahead;
mod api;
mod appearance;
mod beside;
mod bulk;
mod deal;
pub mod directory;
mod document;
mod encoding;
mod error;
mod heads;
pub mod ical;
mod input;
mod insights;
pub mod json;
mod lines;
mod neighbour;
mod open;
mod plausible;
pub mod rates;
mod records;
mod refused;
pub mod report;
mod scout;
pub mod sheet;
mod table;

pub use appearance::Appearance;
pub use bulk::rows::Remarks;
pub use deal::{deal, document};
pub use document::Page;
pub use encoding::Charset;
pub use error::{FileError, JsonExpected, Long};
pub use input::{Input, Reading};
pub use neighbour::Neighbour;
pub use open::{Aside, File, Format, Listener, open, open_input, referrals};
pub use refused::{RefusedRow, RefusedTo, RefusedWriter, RowContent};
