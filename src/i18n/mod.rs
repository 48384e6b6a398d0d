//! Languages: which one is spoken, every sentence of the program, and numbers, money and dates as people write them.

mod errors;
mod format;
mod language;
mod sentences;
mod words;

pub use errors::Said;
pub use language::Language;
pub use sentences::Sentences;
