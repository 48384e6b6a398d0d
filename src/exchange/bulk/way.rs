//! What a row of the bulk CSV says of who made the deal, and what of it means something else on a deal of ours than on one that was sent.

use serde_json::{Map, Value};

use super::columns::Column;
use super::rows::Row;
use crate::domain::contact::Person;
use crate::domain::incoming::{DirectionHint, Incoming, State, Way};
use crate::domain::opportunity::{Direction, Help, HelpKind, Kind, Sender};
use crate::domain::outcome::OutcomeKind;
use crate::domain::text::Notes;

use Column as C;

/// The cells that hang on whose deal it is.
#[derive(Debug)]
pub(super) struct Parts {
    pub asked: bool,
    pub kind: Option<HelpKind>,
    pub note: Option<Notes>,
    pub shared: bool,
    /// The sellers of Microsoft, one for each column; empty ones too.
    pub sellers: Vec<Person>,
}

impl Row<'_> {
    /// Inbound: nobody answers or has answered for us, or a seller is named. Outbound: Microsoft was asked, whose seller is then on it,
    /// or it is a deal that we have yet to upload.
    pub(super) fn direction(&self, incoming: &Incoming, parts: &Parts) -> DirectionHint {
        let answered = incoming.status.as_ref().is_some_and(|status| match &status.state {
            State::New => true,
            State::Active => false,
            State::Closed(outcome) => matches!(outcome.kind(), OutcomeKind::Expired | OutcomeKind::Declined),
        });
        let helped = parts.asked && parts.kind.is_some();
        let seller = parts.sellers.iter().any(|seller| !seller.is_empty());
        let inbound = answered || (seller && !helped);
        let guess = if inbound { Direction::Inbound } else { Direction::Outbound };
        // A row without a referral id is one that we make.
        let own = incoming.referral_id.is_none() && !inbound;
        let sure = inbound || helped || own || self.cell(C::MicrosoftStatus).is_some();
        DirectionHint { told: self.layout.told, guess, sure }
    }

    /// Returns what the row says if it went this way; `extra` is what is kept either way.
    pub(super) fn way(&mut self, direction: Direction, parts: &Parts, extra: Map<String, Value>) -> Way {
        let mut way = Way { extra, ..Way::default() };
        let speaks = self.has(C::HelpRequired);
        let first = parts.sellers.iter().position(|seller| !seller.is_empty());
        let (sender_column, share_homeless, asked_homeless) = match direction {
            Direction::Inbound => {
                way.kind = speaks.then_some(Kind::CoSell);
                way.sender = first.map(|first| Sender::microsoft(parts.sellers.get(first).cloned()));
                (first, parts.shared, parts.asked)
            }
            Direction::Outbound => {
                let kind = match (parts.asked, parts.shared) {
                    (true, _) => Kind::CoSell,
                    (false, true) => Kind::PartnerLed,
                    (false, false) => Kind::PrivatePipeline,
                };
                way.kind = speaks.then_some(kind);
                let help = || Help { kind: parts.kind, note: parts.note.clone(), requested_at: None, consent: false };
                way.help = speaks.then(|| parts.asked.then(help));
                // That it is shared follows from the type; that it is not, though help was asked for, follows from nothing.
                (None, !speaks || (parts.asked && !parts.shared), false)
            }
        };
        let helped = matches!(way.help, Some(Some(_)));
        self.beside(C::HelpRequired, asked_homeless, &mut way.extra);
        self.beside(C::Share, share_homeless, &mut way.extra);
        self.beside(C::HelpKind, !helped, &mut way.extra);
        self.beside(C::NotesToMicrosoft, !helped, &mut way.extra);
        let columns = &self.layout.columns;
        for (number, index) in columns.each(C::MicrosoftMember).enumerate() {
            let name = columns.name(index);
            way.extra.insert(name.to_owned(), self.text(index, name, Some(number) != sender_column));
        }
        way
    }
}
