//! Pipeline review: figures over deals as they stood, by pure functions; no store, no screen, no words.
//!
//! [`Stood`] is what a figure needs of one deal, [`Known`] what is known of when something happened to it. [`Adding`] takes deals and
//! gives a [`Review`]; [`drill`] says by which filter the deals behind a figure are listed; [`priority`] what is to be done next, and why.

mod ageing;
mod changes;
pub mod drill;
mod groups;
mod home;
pub mod priority;
mod review;
mod standing;
mod stood;
mod times;
mod worth;

pub use ageing::{Ageing, Ages};
pub use changes::{Change, ChangeKind, Changes, Moved, Told};
pub use groups::{Dimension, Group, LOOKED_AT};
pub use home::InHome;
pub use review::{Adding, Few, Funnel, Month, OpenAt, Review, Terms, Unknown, WinRate, last_monday, share};
pub use standing::{Standing, WITHIN_DAYS};
pub use stood::Stood;
pub use times::{Days, Holds, Known};
pub use worth::Worth;

pub use crate::domain::sales::Weights;
