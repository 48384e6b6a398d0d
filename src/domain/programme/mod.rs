//! The co-sell programme: what the documents say of it, each statement with its source and its days. No file, no clock.

pub mod explain;
pub mod statement;
pub mod topic;
