//! Falls over on purpose where a debug build is asked to, so that tests can see the terminal given back; nothing in a release.

/// Panics when the environment names this place; `thread` does so beside the main thread.
#[cfg(debug_assertions)]
pub(super) fn at(place: &'static str) {
    let fall = move || {
        #[expect(clippy::panic, reason = "that is what it is for")]
        {
            panic!("asked to fall over at {place}");
        }
    };
    match std::env::var("COSELL_FAULT") {
        Ok(wanted) if wanted == place && place == "thread" => drop(std::thread::spawn(fall)),
        Ok(wanted) if wanted == place => fall(),
        _ => {}
    }
}

#[cfg(not(debug_assertions))]
pub(super) const fn at(_place: &'static str) {}
