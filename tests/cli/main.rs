//! The commands: what they print, what they refuse and with which exit code, and the JSON they agree on with scripts.

#![allow(clippy::unwrap_used, clippy::panic, unreachable_pub)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/center.rs"]
mod center;

#[path = "../support/registrations.rs"]
mod registrations;

mod answers;
mod brief;
mod check;
mod columns;
mod conflicts;
mod copies;
mod corrected;
mod crm;
mod dates;
mod deals;
mod digest;
mod directory;
mod explain;
mod export;
mod forecast;
mod hooks;
mod hostile;
mod import;
mod leads;
mod leaves;
mod lifecycle;
mod list;
mod offer_status;
mod offers;
mod ours;
mod outbox;
mod outside;
mod parts;
mod past;
mod priority;
mod program;
mod rates;
mod reading;
mod readme;
mod refused;
mod registration;
mod rescue;
mod review;
mod roles;
mod rules;
#[cfg(not(windows))]
mod sheet;
mod sheets;
mod steps;
mod upgrade;
mod views;
mod whole;
