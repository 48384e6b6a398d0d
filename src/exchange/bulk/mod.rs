//! The bulk CSV of Partner Center: its columns, and its rows as records; the other files lie beside this folder.

pub(super) mod columns;
pub(super) mod rows;
mod way;
