//! The keyboard: what a key is, what can be done, and the one table that joins them.

mod action;
mod deed;
mod defaults;
mod jamo;
pub mod key;
mod table;

pub use action::{Action, Group, Scope};
pub use key::{Code, Key};
pub use table::{Binding, KeyComplaint, Table};
