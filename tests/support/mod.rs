//! What the tests of the front ends share: the desk without a terminal.

pub mod driver;
