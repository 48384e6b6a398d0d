//! What the tests of the front ends share: the desk without a terminal, the commands without a process.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod cli;
pub mod driver;
#[cfg(target_os = "linux")]
pub mod pty;
pub mod team;
