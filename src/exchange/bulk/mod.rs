//! The bulk CSV of Partner Center: its columns and layouts, its rows as records and deals as rows; the other files lie beside this folder.

pub(super) mod columns;
pub(super) mod layout;
mod mark;
pub(super) mod rows;
mod way;
pub(super) mod write;
