//! Who may do what to the deals: the roles a configuration names, and the one rule of what each of them bars (MG-02).

use super::contact::Person;
use super::fold::fold;
use super::opportunity::Opportunity;

/// What somebody is in Partner Center, as far as it matters here. The roles keep hands off by mistake; whoever can write the file can
/// also change the configuration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything.
    #[default]
    ReferralsAdmin,
    /// The same: MG-02 names both.
    PartnerAdmin,
    /// Sees and edits the deals whose team holds them, and makes deals of their own.
    ReferralsUser,
    /// Looks, and changes nothing.
    Viewer,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::ReferralsAdmin, Self::PartnerAdmin, Self::ReferralsUser, Self::Viewer];

    /// Returns its name in the configuration.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReferralsAdmin => "referrals-admin",
            Self::PartnerAdmin => "partner-admin",
            Self::ReferralsUser => "referrals-user",
            Self::Viewer => "viewer",
        }
    }

    /// Reads its name; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == text)
    }

    /// Returns whether all deals are seen, whoever works on them.
    pub const fn sees_all(self) -> bool {
        !matches!(self, Self::ReferralsUser)
    }

    /// Returns whether somebody of this role, known by the e-mail `me`, may do it: to one deal or, where that is not known yet, at all.
    ///
    /// # Errors
    /// [`Barred`], with the reason.
    pub fn may(self, deed: Deed, deal: Option<&Opportunity>, me: &str) -> Result<(), Barred> {
        if !deed.is_of_deals() {
            return Ok(());
        }
        match self {
            Self::ReferralsAdmin | Self::PartnerAdmin => Ok(()),
            Self::Viewer => Err(Barred::Viewer),
            Self::ReferralsUser if me.is_empty() => Err(Barred::NoEmail),
            Self::ReferralsUser if matches!(deed, Deed::Replace | Deed::Offer) => Err(Barred::AdminsOnly),
            Self::ReferralsUser => match deal {
                Some(deal) if !holds(&deal.employees, me) && deed == Deed::Make => Err(Barred::MadeWithoutMe),
                Some(deal) if !holds(&deal.employees, me) => Err(Barred::NotInTeam),
                _ => Ok(()),
            },
        }
    }

    /// Returns whether somebody of this role, known by the e-mail `me`, sees a deal with these people of ours on it.
    pub fn sees(self, team: &[Person], me: &str) -> bool {
        self.sees_all() || holds(team, me)
    }
}

/// Returns whether a team holds who has this e-mail, however it is written.
fn holds(team: &[Person], me: &str) -> bool {
    !me.is_empty() && team.iter().any(|person| fold(&person.email) == fold(me))
}

/// What somebody does, as far as roles and a look without changes tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Decides on a deal, edits, marks, notes.
    Change,
    /// Makes a deal.
    Make,
    /// Takes a file of deals over.
    Import,
    /// Takes steps back, or makes them again.
    TakeBack,
    /// Writes upload files, holds back, says what was told.
    Send,
    /// Keeps or drops what was begun.
    Draft,
    /// Customers, solutions, rates, costs: what the deals are worked with.
    Stock,
    /// Offers of the programme, and facts of the organisation.
    Offer,
    /// Makes anew what follows from the deals.
    Mend,
    /// Puts something else in the place of all deals.
    Replace,
    /// Keeps a way of looking: a saved view.
    View,
    /// Changes the configuration.
    Configure,
}

impl Deed {
    pub const ALL: [Self; 12] = [
        Self::Change,
        Self::Make,
        Self::Import,
        Self::TakeBack,
        Self::Send,
        Self::Draft,
        Self::Stock,
        Self::Offer,
        Self::Mend,
        Self::Replace,
        Self::View,
        Self::Configure,
    ];

    /// Returns whether it changes the deals, or what belongs to them: how somebody looks at them, and what they set, is their own affair.
    pub const fn is_of_deals(self) -> bool {
        !matches!(self, Self::View | Self::Configure)
    }
}

/// Why a role bars something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Barred {
    #[error("viewers change nothing")]
    Viewer,
    /// A referrals user whose e-mail is not on the deal.
    #[error("not in the team")]
    NotInTeam,
    /// A new deal whose employees they are not among: nobody would show it to them.
    #[error("not among its employees")]
    MadeWithoutMe,
    /// It is about more than the deals of a team: all of them at once, or what the organisation offers.
    #[error("for admins only")]
    AdminsOnly,
    /// A referrals user without an e-mail in the configuration: nobody knows which deals are theirs.
    #[error("no e-mail")]
    NoEmail,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::opportunity::tests::received;

    fn deal(team: &[&str]) -> Opportunity {
        let employees = team.iter().map(|email| Person { email: (*email).to_owned(), ..Person::default() }).collect();
        Opportunity { employees, ..received() }
    }

    /// MG-02: every role by every deed, on a deal of theirs and on one of others.
    #[test]
    fn each_role_may_do_what_the_table_says() {
        let (theirs, others) = (deal(&["ana@partner.example", "KIM@Hanbit.example"]), deal(&["ana@partner.example"]));
        let table = [
            // deed, referrals-user on a deal of theirs, on another one
            (Deed::Change, None, Some(Barred::NotInTeam)),
            (Deed::Make, None, Some(Barred::MadeWithoutMe)),
            (Deed::Import, None, Some(Barred::NotInTeam)),
            (Deed::TakeBack, None, Some(Barred::NotInTeam)),
            (Deed::Send, None, Some(Barred::NotInTeam)),
            (Deed::Draft, None, Some(Barred::NotInTeam)),
            (Deed::Stock, None, Some(Barred::NotInTeam)),
            (Deed::Offer, Some(Barred::AdminsOnly), Some(Barred::AdminsOnly)),
            (Deed::Mend, None, Some(Barred::NotInTeam)),
            (Deed::Replace, Some(Barred::AdminsOnly), Some(Barred::AdminsOnly)),
            (Deed::View, None, None),
            (Deed::Configure, None, None),
        ];
        assert_eq!(table.map(|(deed, ..)| deed), Deed::ALL, "no deed is forgotten");
        for (deed, own, other) in table {
            let may = |role: Role, deal, me| role.may(deed, deal, me).err();
            for admin in [Role::ReferralsAdmin, Role::PartnerAdmin] {
                assert_eq!((may(admin, Some(&others), ""), may(admin, None, "")), (None, None), "{deed:?}");
            }
            let viewer = Some(Barred::Viewer).filter(|_| deed.is_of_deals());
            assert_eq!(may(Role::Viewer, Some(&theirs), "kim@hanbit.example"), viewer, "{deed:?}");
            assert_eq!(may(Role::Viewer, None, ""), viewer, "{deed:?}");
            assert_eq!(may(Role::ReferralsUser, Some(&theirs), "kim@hanbit.example"), own, "{deed:?}");
            assert_eq!(may(Role::ReferralsUser, Some(&others), "kim@hanbit.example"), other, "{deed:?}");
            assert_eq!(may(Role::ReferralsUser, None, "kim@hanbit.example"), own, "{deed:?} at all");
            let nameless = Some(Barred::NoEmail).filter(|_| deed.is_of_deals());
            assert_eq!(may(Role::ReferralsUser, Some(&theirs), ""), nameless, "{deed:?}");
        }
    }

    #[test]
    fn a_referrals_user_sees_the_deals_whose_team_holds_them_and_the_others_see_all() {
        let (theirs, others) = (deal(&["ana@partner.example", "Kim@Hanbit.example"]), deal(&["kim@hanbit.example.org"]));
        for role in Role::ALL {
            assert_eq!(Role::read(role.code()), Some(role));
            assert!(role.sees(&theirs.employees, "KIM@hanbit.example"), "{role:?}");
            assert_eq!(role.sees(&others.employees, "kim@hanbit.example"), role != Role::ReferralsUser, "{role:?}");
            assert_eq!(role.sees(&deal(&[""]).employees, ""), role != Role::ReferralsUser, "nobody is nobody's colleague");
        }
        assert_eq!(Role::default(), Role::ReferralsAdmin);
        assert_eq!((Role::read("admin"), Role::read("")), (None, None));
    }
}
