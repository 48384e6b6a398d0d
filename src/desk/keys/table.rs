//! The key table: dispatch, footer, help, palette and `cosell keys` all read it; the user's own keys are laid over it.

use super::action::{Action, Scope};
use super::key::Key;
use crate::domain::fold::meant;

/// One row: where, which keys, what, and how early the footer shows it (0: not at all).
struct Default_ {
    scope: Scope,
    keys: &'static [&'static str],
    action: Action,
    footer: u8,
}

const fn row(scope: Scope, keys: &'static [&'static str], action: Action, footer: u8) -> Default_ {
    Default_ { scope, keys, action, footer }
}

use Action as A;
use Scope as S;

/// A suggestion by its number.
const PICK: &[&str] = &["alt-1", "alt-2", "alt-3", "alt-4", "alt-5", "alt-6", "alt-7", "alt-8", "alt-9"];

#[rustfmt::skip]
const DEFAULTS: &[Default_] = &[
    row(S::List,       &["a"],                     A::Accept,        1),
    row(S::List,       &["d"],                     A::Decline,       2),
    row(S::List,       &["w"],                     A::Win,           4),
    row(S::List,       &["l"],                     A::Lose,          5),
    row(S::List,       &["f"],                     A::Favorite,      3),
    row(S::List,       &["space"],                 A::Mark,          11),
    row(S::List,       &["v"],                     A::MarkRange,     0),
    row(S::List,       &["ctrl-a"],                A::MarkAll,       0),
    row(S::List,       &["shift-down"],            A::MarkDown,      0),
    row(S::List,       &["shift-up"],              A::MarkUp,        0),
    row(S::List,       &["/", "ctrl-f"],           A::Filter,        8),
    row(S::List,       &["s"],                     A::Sort,          12),
    row(S::List,       &["t"],                     A::View,          10),
    row(S::List,       &["|"],                     A::Columns,       0),
    row(S::List,       &["P"],                     A::Beside,        0),
    row(S::List,       &["="],                     A::Sums,          0),
    row(S::List,       &["'"],                     A::Views,         0),
    row(S::List,       &["V"],                     A::KeepView,      0),
    row(S::List,       &["enter", "right"],        A::Open,          9),
    row(S::List,       &["n"],                     A::New,           6),
    row(S::List,       &["e", "f2"],               A::Edit,          7),
    row(S::List,       &["h"],                     A::AskHelp,       13),
    row(S::List,       &["R"],                     A::Register,      0),
    row(S::List,       &[],                        A::AskException,  0),
    row(S::List,       &["c"],                     A::Clone,         0),
    row(S::List,       &["!"],                     A::Resolve,       0),
    row(S::List,       &["F"],                     A::NextStep,      0),
    row(S::List,       &["m"],                     A::Note,          0),
    row(S::List,       &["M"],                     A::Mine,          0),
    row(S::List,       &[],                        A::GiveToMe,      0),
    row(S::List,       &[],                        A::Reopen,        0),
    row(S::List,       &[],                        A::NextMatch,     0),
    row(S::List,       &[],                        A::PreviousMatch, 0),
    row(S::List,       &["y"],                     A::Copy,          0),
    row(S::List,       &["H"],                     A::History,       0),
    row(S::List,       &["B"],                     A::Brief,         0),
    row(S::List,       &[],                        A::BriefOfCustomer, 0),
    row(S::List,       &["W"],                     A::Why,           0),
    row(S::List,       &["u", "ctrl-z"],           A::Undo,          14),
    row(S::List,       &["ctrl-r"],                A::Redo,          0),
    row(S::List,       &["r"],                     A::Review,        16),
    row(S::List,       &["i"],                     A::Import,        15),
    row(S::List,       &["x"],                     A::Export,        0),
    row(S::List,       &[],                        A::LastImport,    0),
    row(S::List,       &["p"],                     A::Check,         0),
    row(S::List,       &["o"],                     A::Outbox,        0),
    row(S::List,       &["L"],                     A::Leads,         0),
    row(S::List,       &["O"],                     A::Offers,        0),
    row(S::List,       &["D"],                     A::Demo,          0),
    row(S::List,       &[],                        A::HistoryOfAll,  0),
    row(S::List,       &[","],                     A::Settings,      0),
    row(S::List,       &["j", "down"],             A::Down,          0),
    row(S::List,       &["k", "up"],               A::Up,            0),
    row(S::List,       &["g", "home"],             A::First,         0),
    row(S::List,       &["G", "end"],              A::Last,          0),
    row(S::List,       &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::List,       &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::List,       &["pgdn"],                  A::PageDown,      0),
    row(S::List,       &["pgup"],                  A::PageUp,        0),
    row(S::List,       &["1"],                     A::Inbound,       0),
    row(S::List,       &["2"],                     A::Outbound,      0),
    row(S::List,       &["3"],                     A::Favorites,     0),
    row(S::List,       &["]", "tab"],              A::NextTab,       0),
    row(S::List,       &["[", "shift-tab"],        A::PreviousTab,   0),

    row(S::Detail,     &["a"],                     A::Accept,        1),
    row(S::Detail,     &["d"],                     A::Decline,       2),
    row(S::Detail,     &["w"],                     A::Win,           4),
    row(S::Detail,     &["l"],                     A::Lose,          5),
    row(S::Detail,     &["f"],                     A::Favorite,      3),
    row(S::Detail,     &["j"],                     A::Down,          8),
    row(S::Detail,     &["k"],                     A::Up,            9),
    row(S::Detail,     &["down"],                  A::ScrollDown,    0),
    row(S::Detail,     &["up"],                    A::ScrollUp,      0),
    row(S::Detail,     &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Detail,     &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Detail,     &["pgdn", "space"],         A::PageDown,      10),
    row(S::Detail,     &["pgup"],                  A::PageUp,        0),
    row(S::Detail,     &["g", "home"],             A::First,         0),
    row(S::Detail,     &["G", "end"],              A::Last,          0),
    row(S::Detail,     &["n"],                     A::New,           0),
    row(S::Detail,     &["e", "f2"],               A::Edit,          6),
    row(S::Detail,     &["h"],                     A::AskHelp,       7),
    row(S::Detail,     &["R"],                     A::Register,      0),
    row(S::Detail,     &[],                        A::AskException,  0),
    row(S::Detail,     &["c"],                     A::Clone,         0),
    row(S::Detail,     &["!"],                     A::Resolve,       0),
    row(S::Detail,     &["F"],                     A::NextStep,      0),
    row(S::Detail,     &["m"],                     A::Note,          0),
    row(S::Detail,     &[],                        A::NextMatch,     0),
    row(S::Detail,     &[],                        A::PreviousMatch, 0),
    row(S::Detail,     &["y"],                     A::Copy,          0),
    row(S::Detail,     &["x"],                     A::Export,        0),
    row(S::Detail,     &["H"],                     A::History,       0),
    row(S::Detail,     &["B"],                     A::Brief,         0),
    row(S::Detail,     &["W"],                     A::Why,           0),
    row(S::Detail,     &[","],                     A::Settings,      0),
    row(S::Detail,     &["u", "ctrl-z"],           A::Undo,          0),
    row(S::Detail,     &["ctrl-r"],                A::Redo,          0),

    row(S::History,    &["enter", "right"],        A::Open,          1),
    row(S::History,    &["u", "ctrl-z"],           A::Undo,          2),
    row(S::History,    &["j", "down"],             A::Down,          0),
    row(S::History,    &["k", "up"],               A::Up,            0),
    row(S::History,    &["g", "home"],             A::First,         0),
    row(S::History,    &["G", "end"],              A::Last,          0),
    row(S::History,    &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::History,    &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::History,    &["pgdn", "space"],         A::PageDown,      0),
    row(S::History,    &["pgup"],                  A::PageUp,        0),
    row(S::History,    &["ctrl-r"],                A::Redo,          0),
    row(S::History,    &[","],                     A::Settings,      0),

    row(S::Settings,   &["enter", "space"],        A::Open,          1),
    row(S::Settings,   &["right"],                 A::NextValue,     2),
    row(S::Settings,   &["left"],                  A::PreviousValue, 0),
    row(S::Settings,   &["delete"],                A::Default,       4),
    row(S::Settings,   &["u", "ctrl-z"],           A::AsBefore,      3),
    row(S::Settings,   &["j", "down"],             A::Down,          0),
    row(S::Settings,   &["k", "up"],               A::Up,            0),
    row(S::Settings,   &["g", "home"],             A::First,         0),
    row(S::Settings,   &["G", "end"],              A::Last,          0),
    row(S::Settings,   &["pgdn", "ctrl-d"],        A::PageDown,      0),
    row(S::Settings,   &["pgup", "ctrl-u"],        A::PageUp,        0),

    row(S::Brought,    &["enter", "right"],        A::Open,          1),
    row(S::Brought,    &["u", "ctrl-z"],           A::Undo,          2),
    row(S::Brought,    &["ctrl-r"],                A::Redo,          0),
    row(S::Brought,    &["N"],                     A::TakeOld,       4),
    row(S::Brought,    &["i"],                     A::Import,        3),
    row(S::Brought,    &["n"],                     A::New,           0),
    row(S::Brought,    &["j", "down"],             A::Down,          0),
    row(S::Brought,    &["k", "up"],               A::Up,            0),
    row(S::Brought,    &["g", "home"],             A::First,         0),
    row(S::Brought,    &["G", "end"],              A::Last,          0),
    row(S::Brought,    &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Brought,    &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Brought,    &["pgdn", "space"],         A::PageDown,      0),
    row(S::Brought,    &["pgup"],                  A::PageUp,        0),

    row(S::Conflicts,  &["o"],                     A::Ours,           1),
    row(S::Conflicts,  &["t"],                     A::Theirs,         2),
    row(S::Conflicts,  &["enter"],                 A::Open,           0),
    row(S::Conflicts,  &["e", "f2"],               A::Edit,           5),
    row(S::Conflicts,  &["O"],                     A::AllOurs,        3),
    row(S::Conflicts,  &["T"],                     A::AllTheirs,      4),
    row(S::Conflicts,  &["left"],                  A::PreviousValue,  0),
    row(S::Conflicts,  &["right"],                 A::NextValue,      0),
    row(S::Conflicts,  &["u", "ctrl-z"],           A::Undo,           6),
    row(S::Conflicts,  &["ctrl-r"],                A::Redo,           0),
    row(S::Conflicts,  &["j", "down"],             A::Down,           0),
    row(S::Conflicts,  &["k", "up"],               A::Up,             0),
    row(S::Conflicts,  &["g", "home"],             A::First,          0),
    row(S::Conflicts,  &["G", "end"],              A::Last,           0),
    row(S::Conflicts,  &["ctrl-d"],                A::HalfPageDown,   0),
    row(S::Conflicts,  &["ctrl-u"],                A::HalfPageUp,     0),
    row(S::Conflicts,  &["pgdn", "space"],         A::PageDown,       0),
    row(S::Conflicts,  &["pgup"],                  A::PageUp,         0),

    row(S::Review,     &["enter", "right"],        A::Open,          1),
    row(S::Review,     &["b", "tab"],              A::OtherGroups,   2),
    row(S::Review,     &["s"],                     A::OtherDays,     3),
    row(S::Review,     &["w"],                     A::InWords,       4),
    row(S::Review,     &["d"],                     A::PastDay,       6),
    row(S::Review,     &["x"],                     A::WriteReview,   7),
    row(S::Review,     &["y"],                     A::CopyPage,      8),
    row(S::Review,     &["/", "ctrl-f"],           A::Filter,        5),
    row(S::Review,     &["M"],                     A::Mine,          0),
    row(S::Review,     &["n"],                     A::New,           0),
    row(S::Review,     &["u", "ctrl-z"],           A::Undo,          0),
    row(S::Review,     &["ctrl-r"],                A::Redo,          0),
    row(S::Review,     &["j", "down"],             A::Down,          0),
    row(S::Review,     &["k", "up"],               A::Up,            0),
    row(S::Review,     &["g", "home"],             A::First,         0),
    row(S::Review,     &["G", "end"],              A::Last,          0),
    row(S::Review,     &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Review,     &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Review,     &["pgdn", "space"],         A::PageDown,      0),
    row(S::Review,     &["pgup"],                  A::PageUp,        0),

    row(S::Brief,      &["b"],                     A::BriefOfCustomer, 1),
    row(S::Brief,      &["y"],                     A::CopyPage,      2),
    row(S::Brief,      &["!"],                     A::Resolve,       0),
    row(S::Brief,      &["j", "down"],             A::Down,          0),
    row(S::Brief,      &["k", "up"],               A::Up,            0),
    row(S::Brief,      &["g", "home"],             A::First,         0),
    row(S::Brief,      &["G", "end"],              A::Last,          0),
    row(S::Brief,      &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Brief,      &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Brief,      &["pgdn", "space"],         A::PageDown,      3),
    row(S::Brief,      &["pgup"],                  A::PageUp,        0),

    row(S::Drafts,     &["enter", "right"],        A::Open,          1),
    row(S::Drafts,     &["delete"],                A::DropDraft,     2),
    row(S::Drafts,     &["n"],                     A::New,           3),
    row(S::Drafts,     &["j", "down"],             A::Down,          0),
    row(S::Drafts,     &["k", "up"],               A::Up,            0),
    row(S::Drafts,     &["g", "home"],             A::First,         0),
    row(S::Drafts,     &["G", "end"],              A::Last,          0),
    row(S::Drafts,     &["pgdn", "ctrl-d"],        A::PageDown,      0),
    row(S::Drafts,     &["pgup", "ctrl-u"],        A::PageUp,        0),

    row(S::Check,      &["enter", "right"],        A::Open,          1),
    row(S::Check,      &["!"],                     A::Resolve,       0),
    row(S::Check,      &["u", "ctrl-z"],           A::Undo,          2),
    row(S::Check,      &["ctrl-r"],                A::Redo,          0),
    row(S::Check,      &["j", "down"],             A::Down,          0),
    row(S::Check,      &["k", "up"],               A::Up,            0),
    row(S::Check,      &["g", "home"],             A::First,         0),
    row(S::Check,      &["G", "end"],              A::Last,          0),
    row(S::Check,      &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Check,      &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Check,      &["pgdn", "space"],         A::PageDown,      0),
    row(S::Check,      &["pgup"],                  A::PageUp,        0),

    row(S::Outbox,     &["enter", "right"],        A::Open,          1),
    row(S::Outbox,     &["x"],                     A::WriteUpload,   2),
    row(S::Outbox,     &["space"],                 A::Hold,          3),
    row(S::Outbox,     &["R"],                     A::WriteRegistrations, 0),
    row(S::Outbox,     &["v"],                     A::UploadRows,    8),
    row(S::Outbox,     &["f"],                     A::ForgetUpload,  9),
    row(S::Outbox,     &["s"],                     A::Told,          10),
    row(S::Outbox,     &["t"],                     A::Theirs,        11),
    row(S::Outbox,     &["e", "f2"],               A::Edit,          4),
    row(S::Outbox,     &["!"],                     A::Resolve,       4),
    row(S::Outbox,     &["a"],                     A::Accept,        0),
    row(S::Outbox,     &["d"],                     A::Decline,       0),
    row(S::Outbox,     &["w"],                     A::Win,           0),
    row(S::Outbox,     &["l"],                     A::Lose,          0),
    row(S::Outbox,     &[],                        A::Reopen,        0),
    row(S::Outbox,     &["i"],                     A::Import,        5),
    row(S::Outbox,     &["p"],                     A::Check,         6),
    row(S::Outbox,     &["u", "ctrl-z"],           A::Undo,          7),
    row(S::Outbox,     &["ctrl-r"],                A::Redo,          0),
    row(S::Outbox,     &["j", "down"],             A::Down,          0),
    row(S::Outbox,     &["k", "up"],               A::Up,            0),
    row(S::Outbox,     &["g", "home"],             A::First,         0),
    row(S::Outbox,     &["G", "end"],              A::Last,          0),
    row(S::Outbox,     &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Outbox,     &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Outbox,     &["pgdn"],                  A::PageDown,      0),
    row(S::Outbox,     &["pgup"],                  A::PageUp,        0),

    row(S::Leads,      &["enter", "right"],        A::Open,          1),
    row(S::Leads,      &["a"],                     A::Accept,        2),
    row(S::Leads,      &["d"],                     A::Decline,       3),
    row(S::Leads,      &["n"],                     A::New,           4),
    row(S::Leads,      &["w"],                     A::Win,           5),
    row(S::Leads,      &["l"],                     A::Lose,          6),
    row(S::Leads,      &["e", "f2"],               A::Edit,          11),
    row(S::Leads,      &["o"],                     A::Ours,          0),
    row(S::Leads,      &["T"],                     A::Theirs,        0),
    row(S::Leads,      &["x"],                     A::WriteUpload,   10),
    row(S::Leads,      &["t"],                     A::View,          8),
    row(S::Leads,      &["i"],                     A::Import,        9),
    row(S::Leads,      &["u", "ctrl-z"],           A::Undo,          7),
    row(S::Leads,      &["ctrl-r"],                A::Redo,          0),
    row(S::Leads,      &["j", "down"],             A::Down,          0),
    row(S::Leads,      &["k", "up"],               A::Up,            0),
    row(S::Leads,      &["g", "home"],             A::First,         0),
    row(S::Leads,      &["G", "end"],              A::Last,          0),
    row(S::Leads,      &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Leads,      &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Leads,      &["pgdn", "space"],         A::PageDown,      0),
    row(S::Leads,      &["pgup"],                  A::PageUp,        0),

    row(S::Offers,     &["enter", "right"],        A::Open,          1),
    row(S::Offers,     &["n"],                     A::New,           2),
    row(S::Offers,     &["e", "f2"],               A::Edit,          3),
    row(S::Offers,     &["s"],                     A::Submit,        4),
    row(S::Offers,     &["f"],                     A::Facts,         5),
    row(S::Offers,     &["delete"],                A::RemoveOffer,   8),
    row(S::Offers,     &["/", "ctrl-f"],           A::Filter,        6),
    row(S::Offers,     &["i"],                     A::Import,        9),
    row(S::Offers,     &["x"],                     A::Export,        0),
    row(S::Offers,     &["u", "ctrl-z"],           A::Undo,          7),
    row(S::Offers,     &["ctrl-r"],                A::Redo,          0),
    row(S::Offers,     &["j"],                     A::Down,          0),
    row(S::Offers,     &["k"],                     A::Up,            0),
    row(S::Offers,     &["down"],                  A::ScrollDown,    0),
    row(S::Offers,     &["up"],                    A::ScrollUp,      0),
    row(S::Offers,     &["g", "home"],             A::First,         0),
    row(S::Offers,     &["G", "end"],              A::Last,          0),
    row(S::Offers,     &["ctrl-d"],                A::HalfPageDown,  0),
    row(S::Offers,     &["ctrl-u"],                A::HalfPageUp,    0),
    row(S::Offers,     &["pgdn", "space"],         A::PageDown,      0),
    row(S::Offers,     &["pgup"],                  A::PageUp,        0),

    row(S::Menu,       &["j", "down"],             A::Down,          0),
    row(S::Menu,       &["k", "up"],               A::Up,            0),
    row(S::Menu,       &["g", "home"],             A::First,         0),
    row(S::Menu,       &["G", "end"],              A::Last,          0),
    row(S::Menu,       &["pgdn", "ctrl-d"],        A::PageDown,      0),
    row(S::Menu,       &["pgup", "ctrl-u"],        A::PageUp,        0),
    row(S::Menu,       &["enter"],                 A::Confirm,       1),
    row(S::Menu,       &["delete"],                A::RemoveView,    2),

    row(S::Results,    &["u", "ctrl-z"],           A::Undo,          2),
    row(S::Results,    &["j", "down"],             A::Down,          0),
    row(S::Results,    &["k", "up"],               A::Up,            0),
    row(S::Results,    &["g", "home"],             A::First,         0),
    row(S::Results,    &["G", "end"],              A::Last,          0),
    row(S::Results,    &["pgdn", "ctrl-d"],        A::PageDown,      0),
    row(S::Results,    &["pgup", "ctrl-u"],        A::PageUp,        0),
    row(S::Results,    &["enter"],                 A::Confirm,       1),

    row(S::Filter,     &["enter"],                 A::Confirm,       1),
    row(S::Filter,     &["tab"],                   A::Complete,      2),
    row(S::Filter,     &["shift-tab"],             A::CompleteBack,  0),
    row(S::Filter,     &["up"],                    A::EarlierFilter, 3),
    row(S::Filter,     &["down"],                  A::LaterFilter,   0),
    row(S::Filter,     &["pgdn"],                  A::PageDown,      0),
    row(S::Filter,     &["pgup"],                  A::PageUp,        0),

    row(S::Dialog,     &["enter"],                 A::Confirm,       1),
    row(S::Dialog,     &["tab", "down", "j"],      A::Down,          2),
    row(S::Dialog,     &["shift-tab", "up", "k"],  A::Up,            0),
    row(S::Dialog,     &["g", "home"],             A::First,         0),
    row(S::Dialog,     &["G", "end"],              A::Last,          0),

    row(S::Form,       &["ctrl-s"],                A::Save,          1),
    row(S::Form,       &["tab", "down"],           A::NextField,     2),
    row(S::Form,       &["shift-tab", "up"],       A::PreviousField, 0),
    row(S::Form,       &["pgdn"],                  A::NextPage,      3),
    row(S::Form,       &["pgup"],                  A::PreviousPage,  0),
    row(S::Form,       &["f3"],                    A::Explain,       4),
    row(S::Form,       &["ctrl-n"],                A::NextSuggestion, 0),
    row(S::Form,       PICK,                       A::Pick,          0),
    row(S::Form,       &["delete"],                A::Remove,        0),
    row(S::Form,       &["ctrl-o"],                A::Expand,        0),

    row(S::Everywhere, &["esc"],                   A::Back,          20),
    row(S::List,       &["backspace", "left"],     A::Back,          0),
    row(S::Detail,     &["backspace", "left"],     A::Back,          0),
    row(S::History,    &["backspace", "left"],     A::Back,          0),
    row(S::Settings,   &["backspace"],             A::Back,          0),
    row(S::Brought,    &["backspace", "left"],     A::Back,          0),
    row(S::Conflicts,  &["backspace"],             A::Back,          0),
    row(S::Review,     &["backspace", "left"],     A::Back,          0),
    row(S::Brief,      &["backspace", "left"],     A::Back,          0),
    row(S::Drafts,     &["backspace", "left"],     A::Back,          0),
    row(S::Check,      &["backspace", "left"],     A::Back,          0),
    row(S::Outbox,     &["backspace", "left"],     A::Back,          0),
    row(S::Leads,      &["backspace", "left"],     A::Back,          0),
    row(S::Offers,     &["backspace", "left"],     A::Back,          0),
    row(S::Menu,       &["backspace", "left"],     A::Back,          0),
    row(S::Everywhere, &["q"],                     A::Close,         0),
    row(S::Everywhere, &[":", "ctrl-p"],           A::Palette,       21),
    row(S::Everywhere, &["?", "f1"],               A::Help,          22),
    row(S::Everywhere, &["f3"],                    A::Explain,       0),
    row(S::Everywhere, &["f5", "ctrl-l"],          A::Reload,        0),
    row(S::Everywhere, &[],                        A::Messages,      0),
    row(S::Everywhere, &[],                        A::Mouse,         0),
    row(S::Everywhere, &[],                        A::Suspend,       0),
    row(S::Everywhere, &["ctrl-c"],                A::Leave,         0),
];

/// A row of the live table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub scope: Scope,
    pub keys: Vec<Key>,
    pub action: Action,
    /// How early the footer shows it; 0 is never.
    pub footer: u8,
}

/// What is wrong with the user's own keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyComplaint {
    UnknownAction {
        name: String,
        meant: Option<&'static str>,
    },
    UnknownKey {
        action: String,
        key: String,
    },
    /// Two actions of one scope want the same key.
    Twice {
        key: Key,
        one: &'static str,
        other: &'static str,
    },
    /// The way out may not be taken away.
    NoWayOut,
}

impl KeyComplaint {
    /// Returns whether both say the same of two actions, whichever comes first.
    fn is_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Twice { key, one, other }, Self::Twice { key: same, one: first, other: second }) => {
                key == same && ((one, other) == (first, second) || (one, other) == (second, first))
            }
            _ => self == other,
        }
    }
}

/// The live table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table(Vec<Binding>);

impl Default for Table {
    fn default() -> Self {
        let binding = |row: &Default_| Binding {
            scope: row.scope,
            keys: row.keys.iter().filter_map(|key| Key::parse(key)).collect(),
            action: row.action,
            footer: row.footer,
        };
        Self(DEFAULTS.iter().map(binding).collect())
    }
}

impl Table {
    /// Returns the default table with the user's own keys laid over it, by the names of the actions.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn with(own: &[(String, Vec<String>)]) -> Result<Self, Vec<KeyComplaint>> {
        let mut table = Self::default();
        let mut complaints = Vec::new();
        for (name, keys) in own {
            let Some(action) = Action::from_name(name) else {
                let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
                complaints.push(KeyComplaint::UnknownAction { name: name.clone(), meant: meant(name, &names) });
                continue;
            };
            let mut parsed = Vec::new();
            for key in keys {
                match Key::parse(key) {
                    Some(key) => parsed.push(key),
                    None => complaints.push(KeyComplaint::UnknownKey { action: name.clone(), key: key.clone() }),
                }
            }
            for binding in table.0.iter_mut().filter(|binding| binding.action == action) {
                binding.keys.clone_from(&parsed);
            }
        }
        table.give_way(own);
        complaints.extend(table.clashes());
        if table.keys_of(Action::Leave).is_empty() {
            complaints.push(KeyComplaint::NoWayOut);
        }
        if complaints.is_empty() { Ok(table) } else { Err(complaints) }
    }

    /// A key that the user gave to something that works everywhere is taken from what it did in single rooms.
    fn give_way(&mut self, own: &[(String, Vec<String>)]) {
        let is_own = |action: Action| own.iter().any(|(name, _)| name == action.name());
        let taken: Vec<Key> =
            self.0.iter().filter(|b| b.scope == Scope::Everywhere && is_own(b.action)).flat_map(|b| b.keys.clone()).collect();
        for binding in self.0.iter_mut().filter(|b| b.scope != Scope::Everywhere && !is_own(b.action)) {
            binding.keys.retain(|key| !taken.contains(key));
        }
    }

    fn clashes(&self) -> Vec<KeyComplaint> {
        let mut clashes = Vec::new();
        for (index, one) in self.0.iter().enumerate() {
            for other in self.0[index + 1..].iter().filter(|other| other.scope == one.scope) {
                let key = one.keys.iter().find(|key| other.keys.contains(key));
                let clash = key.map(|key| KeyComplaint::Twice { key: *key, one: one.action.name(), other: other.action.name() });
                // The same two meet in several rooms, in either order.
                clashes.extend(clash.filter(|clash| !clashes.iter().any(|known| clash.is_as(known))));
            }
        }
        clashes
    }

    pub fn rows(&self) -> impl Iterator<Item = &Binding> {
        self.0.iter()
    }

    /// Returns what a key asks for in a scope: the scope's own meaning first, then the one it has everywhere.
    pub fn find(&self, scope: Scope, key: Key) -> Option<Action> {
        let command = key.command();
        let inside = |scope: Scope, key: Key| self.0.iter().find(|b| b.scope == scope && b.keys.contains(&key)).map(|b| b.action);
        [key, command].into_iter().find_map(|key| inside(scope, key).or_else(|| inside(Scope::Everywhere, key)))
    }

    /// Returns the keys of an action in whatever scope has it.
    pub fn keys_of(&self, action: Action) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for key in self.0.iter().filter(|binding| binding.action == action).flat_map(|binding| &binding.keys) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        keys
    }

    /// Returns the first key of an action as it is shown, or nothing.
    pub fn key_name(&self, action: Action) -> String {
        self.keys_of(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// Returns how the first key of an action in this scope is named.
    pub fn key_in(&self, scope: Scope, action: Action) -> String {
        let keys = self.0.iter().filter(|binding| binding.scope == scope && binding.action == action);
        keys.flat_map(|binding| &binding.keys).next().map(Key::to_string).unwrap_or_default()
    }

    /// Returns what the footer shows in a scope, most important first.
    pub fn footer(&self, scope: Scope) -> Vec<&Binding> {
        let shown = |b: &&Binding| b.footer > 0 && !b.keys.is_empty() && (b.scope == scope || b.scope == Scope::Everywhere);
        let mut bindings: Vec<&Binding> = self.0.iter().filter(shown).collect();
        bindings.sort_by_key(|binding| binding.footer);
        bindings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_is_one_and_none_is_bound_twice_in_a_scope() {
        for row in DEFAULTS {
            for key in row.keys {
                assert!(Key::parse(key).is_some(), "{key}");
            }
        }
        assert_eq!(Table::default().clashes(), []);
    }

    #[test]
    fn every_action_stands_in_the_table() {
        for action in Action::ALL.iter().copied() {
            assert!(DEFAULTS.iter().any(|row| row.action == action), "{action:?}");
        }
    }

    #[test]
    fn the_users_keys_replace_the_defaults() {
        let own = |rows: &[(&str, &[&str])]| -> Vec<(String, Vec<String>)> {
            rows.iter().map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|k| (*k).to_owned()).collect())).collect()
        };
        let table = Table::with(&own(&[("undo", &["z"]), ("favorite", &[])])).unwrap();
        assert_eq!(table.find(Scope::List, Key::char('z')), Some(Action::Undo));
        assert_eq!(table.find(Scope::List, Key::char('u')), None);
        assert_eq!(table.find(Scope::Detail, Key::char('z')), Some(Action::Undo), "the same meaning in every room");
        assert_eq!(table.find(Scope::List, Key::char('f')), None);
        let table = Table::with(&own(&[("suspend", &["ctrl-z"])])).unwrap();
        assert_eq!(table.find(Scope::List, Key::parse("ctrl-z").unwrap()), Some(Action::Suspend), "it gives way");
        assert_eq!(table.find(Scope::List, Key::char('u')), Some(Action::Undo));
        let wrong = Table::with(&own(&[("acept", &["x"]), ("win", &["hyper-q"]), ("lose", &["a"]), ("leave", &[])])).unwrap_err();
        assert!(wrong.contains(&KeyComplaint::UnknownAction { name: "acept".into(), meant: Some("accept") }));
        assert!(wrong.contains(&KeyComplaint::UnknownKey { action: "win".into(), key: "hyper-q".into() }));
        assert!(wrong.iter().any(|c| matches!(c, KeyComplaint::Twice { one: "accept", other: "lose", .. })));
        assert!(wrong.contains(&KeyComplaint::NoWayOut));
    }

    #[test]
    fn two_actions_on_one_key_are_told_once() {
        for (one, other) in [("accept", "w"), ("win", "a")] {
            let wrong = Table::with(&[(one.into(), vec![other.into()])]).unwrap_err();
            let twice = wrong.iter().filter(|c| matches!(c, KeyComplaint::Twice { .. })).count();
            assert_eq!(twice, 1, "{wrong:?}");
        }
    }

    #[test]
    fn keys_keep_their_meaning_while_a_korean_input_method_is_on() {
        let table = Table::default();
        assert_eq!(table.find(Scope::List, Key::char('ㅁ')), Some(Action::Accept));
        assert_eq!(table.find(Scope::List, Key::char('ㅓ')), Some(Action::Down));
    }
}
