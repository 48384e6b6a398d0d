//! The desk by its keys, without a terminal: what a rep presses and what is on the screen then.

#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub)]

#[path = "../support/mod.rs"]
mod support;

mod boxes;
mod brief;
#[allow(dead_code, reason = "each test program uses a part of it")]
#[path = "../support/registrations.rs"]
mod center;
mod check;
mod columns;
mod conflicts;
mod copies;
mod customers;
mod dates;
mod deals;
mod drafts;
mod explain;
mod export;
mod filter;
mod forecast;
mod forms;
mod imports;
mod joining;
mod keys;
mod leads;
mod learnt;
mod looks;
mod marks;
mod matching;
mod menus;
mod messages;
mod mouse;
mod news;
mod offer_status;
mod offers;
mod others;
mod ours;
mod outbox;
mod palette;
mod places;
mod priority;
mod questions;
mod registration;
mod remember;
mod replies;
mod review;
mod review_file;
mod roles;
mod rooms;
mod sandbox;
mod settings;
mod sizes;
mod snapshots;
mod sums;
mod triage;
mod views;
