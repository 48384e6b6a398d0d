//! What stood in a text field before: a word at a time is taken back, and made again while nothing else was typed.

/// Most steps that are kept of one field.
const MOST: usize = 200;

/// What a key does to a text, as far as the next one of its kind is the same step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Typing within a word.
    Typing,
    /// Deleting character by character.
    Erasing,
    /// A step of its own.
    Alone,
}

/// Earlier texts with the place of the cursor in each, and those that were taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    before: Vec<(String, usize)>,
    after: Vec<(String, usize)>,
    doing: Option<Doing>,
}

impl Past {
    /// Takes note of what stands there right before it is changed.
    pub(super) fn keep(&mut self, text: &str, cursor: usize, doing: Doing) {
        self.after.clear();
        if doing == Doing::Alone || self.doing != Some(doing) {
            self.before.push((text.to_owned(), cursor));
            if self.before.len() > MOST {
                self.before.remove(0);
            }
        }
        self.doing = Some(doing);
    }

    /// The cursor was moved: what is typed there is another step.
    pub(super) const fn pause(&mut self) {
        self.doing = None;
    }

    /// Exchanges what stands there for what stood there before, or for what was taken back last.
    pub(super) fn turn(&mut self, again: bool, text: &str, cursor: usize) -> Option<(String, usize)> {
        let (from, to) = if again { (&mut self.after, &mut self.before) } else { (&mut self.before, &mut self.after) };
        let stood = from.pop()?;
        to.push((text.to_owned(), cursor));
        self.doing = None;
        Some(stood)
    }
}
