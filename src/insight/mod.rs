//! Pipeline review: figures over deals as they stood, by pure functions; no store, no screen, no words.
//!
//! [`Stood`] is what a figure needs of one deal, [`Known`] what is known of when something happened to it. [`Adding`] takes deals and
//! gives a [`Review`]; [`drill`] says by which filter the deals behind a figure are listed; [`priority`] what is to be done next, and why.

mod ageing;
mod changes;
pub mod digest;
mod draws;
pub mod drill;
mod forecast;
mod groups;
mod home;
mod improve;
mod odds;
pub mod priority;
mod quarter;
mod readiness;
mod review;
mod standing;
mod stood;
mod times;
mod to_register;
mod weeks;
mod worth;

pub use ageing::{Ageing, Ages};
pub use changes::{Change, ChangeKind, Changes, Moved, Told};
pub use draws::Range;
pub use forecast::{DECIDED, Forecast, Outlook, Past, Tried, WON};
pub use groups::{Dimension, Group, LOOKED_AT};
pub use home::{InHome, tenths_back};
pub use improve::{Improvement, Improvements, Lacks};
pub use quarter::Quarter;
pub use readiness::{Readiness, Rise};
pub use review::{Adding, Again, Few, Funnel, Month, NAMED, OpenAt, Review, Terms, Unknown, WinRate, last_monday, share};
pub use standing::{Standing, WITHIN_DAYS};
pub use stood::Stood;
pub use times::{Days, Holds, Known};
pub use to_register::{Deals, ToRegister};
pub use weeks::{Behind, CloseWeek, Closing, WEEKS_BEHIND, Weekly};
pub use worth::Worth;

pub use crate::domain::sales::Weights;
