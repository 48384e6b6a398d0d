//! The map of the house.

pub mod clock;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod log;
pub mod store;
pub mod width;
