//! Languages: which one is spoken, every sentence of the program, and numbers, money and dates as people write them.

mod brief;
mod changes;
mod charts;
mod describe;
mod digest;
mod drawn;
mod entry;
mod errors;
mod forecast;
mod format;
mod improve;
mod kept;
mod language;
mod left;
mod priority;
mod rescue;
mod review;
mod sentences;
mod steps;
mod stock;
mod values;
mod views;
mod words;
mod worth;

pub use brief::BriefPage;
pub use describe::{Fact, OurNotes, Tone};
pub use digest::DigestPage;
pub use drawn::{Drawn, Marks};
pub use errors::Said;
pub use format::currency_sign;
pub use language::{Language, order_of_country};
pub use left::TimeRoom;
pub use review::{Amounts, Chapter, ReviewLine};
pub use sentences::Sentences;
pub use stock::StockKind;
pub use values::{address_line, person_line, place_line, solution_line};
