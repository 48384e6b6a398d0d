//! The real program in a terminal: how it starts, ends, is stopped, resized, pasted into and left alone.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub)]

#[path = "../support/mod.rs"]
mod support;

mod citizen;
mod ending;
mod work;
