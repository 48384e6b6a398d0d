//! The commands: what they print, what they refuse and with which exit code, and the JSON they agree on with scripts.

#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub)]

#[path = "../support/mod.rs"]
mod support;

mod conflicts;
mod deals;
mod directory;
mod import;
mod lifecycle;
mod list;
mod program;
mod readme;
mod steps;
mod upgrade;
