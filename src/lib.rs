//! The map of the house.

pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod intake;
pub mod log;
pub mod sample;
pub mod store;
pub mod width;
