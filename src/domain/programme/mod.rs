//! The co-sell programme: what its documents say, offers of our own, what the rules in force on a day make of them, and what that brings. No
//! file, no clock.

pub mod condition;
pub mod dated;
pub mod deal;
pub mod explain;
pub mod offer;
pub mod organisation;
pub mod registration;
pub mod rules;
pub mod ruling;
pub mod sales_contact;
pub mod since;
pub mod statement;
pub mod status;
pub mod topic;
pub mod worth;
