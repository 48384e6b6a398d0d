//! The co-sell programme: offers of our own, what the rules in force on a day make of them, and what that brings. No file, no clock.

pub mod condition;
pub mod offer;
pub mod organisation;
pub mod registration;
pub mod rules;
pub mod status;
