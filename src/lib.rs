//! The map of the house.

pub mod domain;
pub mod exchange;
pub mod store;
