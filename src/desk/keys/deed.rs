//! What each action does to the deals: of every one it is said, so that none that writes slips past the role (MG-02).

use super::action::Action;
use crate::domain::role::Deed;

impl Action {
    /// Returns what it does to the deals or to how they are looked at; `None` where it only looks, moves or goes on in a box that is open.
    /// Settings are turned by keys that also look: whether those may be changed is asked where they are.
    #[rustfmt::skip]
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Accept | Self::Decline | Self::Win | Self::Lose | Self::Favorite | Self::Edit | Self::AskHelp | Self::Register | Self::AskException | Self::Resolve
            | Self::Ours | Self::Theirs | Self::AllOurs | Self::AllTheirs | Self::NextStep | Self::Note | Self::GiveToMe | Self::Reopen => {
                Some(Deed::Change)
            }
            Self::New | Self::Clone => Some(Deed::Make),
            Self::Import | Self::TakeOld => Some(Deed::Import),
            Self::Undo | Self::Redo => Some(Deed::TakeBack),
            Self::Hold | Self::WriteUpload | Self::WriteRegistrations | Self::ForgetUpload | Self::Told => Some(Deed::Send),
            Self::DropDraft => Some(Deed::Draft),
            Self::Facts | Self::Submit | Self::RemoveOffer => Some(Deed::Offer),
            Self::KeepView | Self::RemoveView => Some(Deed::View),
            Self::Down | Self::Up | Self::First | Self::Last | Self::HalfPageDown | Self::HalfPageUp | Self::ScrollDown
            | Self::ScrollUp | Self::PageDown | Self::PageUp | Self::Inbound | Self::Outbound | Self::Favorites | Self::NextTab
            | Self::PreviousTab | Self::Mark | Self::MarkRange | Self::MarkAll | Self::MarkDown | Self::MarkUp => None,
            Self::Open | Self::Back | Self::Close | Self::Filter | Self::Complete | Self::CompleteBack | Self::EarlierFilter
            | Self::LaterFilter | Self::NextMatch | Self::PreviousMatch | Self::Sort | Self::View | Self::Columns | Self::Sums | Self::Views | Self::Beside
            | Self::Mine | Self::Copy | Self::Brief | Self::BriefOfCustomer | Self::CopyPage | Self::Why | Self::History
            | Self::HistoryOfAll | Self::Export | Self::Review | Self::OtherGroups | Self::OtherDays | Self::PastDay
            | Self::InWords | Self::WriteReview | Self::LastImport | Self::Check | Self::Outbox | Self::UploadRows | Self::Leads | Self::Offers | Self::Customers | Self::Explain => None,
            Self::Demo | Self::Palette | Self::Help | Self::Reload | Self::Messages | Self::Mouse | Self::Settings
            | Self::NextValue | Self::PreviousValue | Self::Default | Self::AsBefore | Self::Suspend | Self::Leave => None,
            Self::Confirm | Self::NextField | Self::PreviousField | Self::NextPage | Self::PreviousPage | Self::NextSuggestion
            | Self::Pick | Self::Remove | Self::Expand | Self::Save => None,
        }
    }
}
