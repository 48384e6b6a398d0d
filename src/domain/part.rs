//! The places of an input where something can be typed, given or wrong: what forms, flags, JSON, complaints and drafts share.

use std::fmt;

use super::field::Field;

/// Makes everything that is said of parts out of one table: a line for each part.
macro_rules! parts {
    ($($part:ident $outer:literal $member:literal of $field:ident $($flag:literal)?;)*) => {
        /// A part of a field that is typed by itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Part {
            $($part,)*
        }

        impl Part {
            pub const ALL: [Self; [$($member),*].len()] = [$(Self::$part),*];

            /// Returns the path of the JSON shape: complaints name it, drafts are kept by it.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$part => concat!($outer, $member),)*
                }
            }

            /// Returns the name within the object that it is in.
            pub const fn member(self) -> &'static str {
                match self {
                    $(Self::$part => $member,)*
                }
            }

            const fn outer(self) -> &'static str {
                match self {
                    $(Self::$part => $outer,)*
                }
            }

            /// Returns the field that it belongs to.
            pub const fn field(self) -> Field {
                match self {
                    $(Self::$part => Field::$field,)*
                }
            }

            /// Returns the name of its flag, and of `cosell edit`; nothing where no command takes it by itself.
            pub const fn flag(self) -> &'static str {
                match self {
                    $(Self::$part => concat!($($flag)?),)*
                }
            }
        }
    };
}

// A part, the object that it is in, its name there, the field that it belongs to, its flag.
parts! {
    Country "customer.address." "country" of Address "country";
    CustomerName "customer." "name" of CustomerName "customer";
    Duns "customer." "duns" of Duns "duns";
    Line1 "customer.address." "line1" of Address "street";
    Line2 "customer.address." "line2" of Address;
    City "customer.address." "city" of Address "city";
    State "customer.address." "state" of Address "state";
    PostalCode "customer.address." "postalCode" of Address "postal-code";
    Contact "customer." "contact" of Contact "contact";
    ContactFirst "customer.contact." "firstName" of Contact;
    ContactLast "customer.contact." "lastName" of Contact;
    ContactPhone "customer.contact." "phone" of Contact;
    ContactEmail "customer.contact." "email" of Contact;
    Consent "help." "consent" of Help "consent";
    Name "deal." "name" of Name "name";
    Value "deal." "value" of Value "value";
    Currency "deal." "currency" of Value "currency";
    CloseDate "deal." "closeDate" of CloseDate "close";
    SalesStage "deal." "salesStage" of SalesStage "sales-stage";
    CrmId "deal." "crmId" of CrmId "crm-id";
    CampaignId "deal." "campaignId" of CampaignId "campaign-id";
    Notes "deal." "notes" of Notes "notes";
    Employees "" "employees" of Employees "employee";
    EmployeeFirst "employee." "firstName" of Employees;
    EmployeeLast "employee." "lastName" of Employees;
    EmployeePhone "employee." "phone" of Employees;
    EmployeeEmail "employee." "email" of Employees;
    Solutions "" "solutions" of Solutions "solution";
    SolutionFind "solution." "find" of Solutions;
    SolutionId "solution." "id" of Solutions;
    SolutionName "solution." "name" of Solutions;
    SolutionOwner "solution." "owner" of Solutions;
    SolutionQuantity "solution." "quantity" of Solutions;
    SolutionPrice "solution." "price" of Solutions;
    Category "selling." "category" of Kind "assessment";
    HelpAsked "selling." "help" of Help;
    Help "" "help" of Help;
    HelpKind "help." "kind" of Help "kind";
    HelpNote "help." "note" of Help "note";
    Share "selling." "share" of Kind "share";
    Partner "partner." "organization" of Partner "partner";
    PartnerBrings "partner." "brings" of Partner "brings";
    Kind "" "type" of Kind;
    Reason "" "reason" of Stage "reason";
    Note "" "notes" of Stage "notes";
    Owner "" "owner" of Owner "owner";
    ContractValue "contract." "value" of Stage;
    ContractCurrency "contract." "currency" of Stage;
    ContractTerm "contract." "term" of Stage;
    SignDate "contract." "signDate" of Stage;
    StartDate "contract." "startDate" of Stage;
    EndDate "contract." "endDate" of Stage;
    SolutionValue "contract." "solutionValue" of Stage;
    SolutionCurrency "contract." "solutionCurrency" of Stage;
    DeployedOnAzure "contract." "deployedOnAzure" of Stage;
    PrimaryDeployment "contract." "primaryDeployment" of Stage;
    PricingModel "contract." "pricingModel" of Stage;
    Marketplace "contract." "marketplace" of Stage;
    MarketplaceDate "contract." "marketplaceDate" of Stage;
    CustomerManaged "contract." "customerManaged" of Stage;
    MicrosoftSaid "contract." "microsoft" of Stage;
}

impl Part {
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.path() == path)
    }

    /// Returns whether it is told of the contract of a won deal, to register it (MG-73).
    pub fn is_of_contract(self) -> bool {
        self.outer() == "contract."
    }

    /// Returns whether a day is typed into it.
    pub const fn is_day(self) -> bool {
        matches!(self, Self::CloseDate | Self::SignDate | Self::StartDate | Self::EndDate | Self::MarketplaceDate)
    }

    /// Returns the list of whose entries it is a part.
    pub fn list(self) -> Option<Self> {
        match self.outer() {
            "employee." => Some(Self::Employees),
            "solution." => Some(Self::Solutions),
            _ => None,
        }
    }

    /// Returns the names of parts within their object.
    pub const fn members<const N: usize>(parts: [Self; N]) -> [&'static str; N] {
        let mut names = [""; N];
        let mut at = 0;
        while at < N {
            names[at] = parts[at].member();
            at += 1;
        }
        names
    }

    /// Returns the flags of parts.
    pub const fn flags<const N: usize>(parts: [Self; N]) -> [&'static str; N] {
        let mut names = [""; N];
        let mut at = 0;
        while at < N {
            names[at] = parts[at].flag();
            at += 1;
        }
        names
    }
}

/// A person of whom four parts are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Contact,
    /// By number, from 0.
    Employee(usize),
}

impl Whose {
    /// The four parts of the customer's person: first and last name, phone, e-mail.
    pub const CONTACT: [Part; 4] = [Part::ContactFirst, Part::ContactLast, Part::ContactPhone, Part::ContactEmail];
    /// Those of one of ours.
    pub const EMPLOYEE: [Part; 4] = [Part::EmployeeFirst, Part::EmployeeLast, Part::EmployeePhone, Part::EmployeeEmail];

    /// Returns the place of the person as a whole.
    pub const fn place(self) -> Place {
        match self {
            Self::Contact => Place::Part(Part::Contact),
            Self::Employee(number) => Place::Entry(Part::Employees, number),
        }
    }

    /// Returns the places of first and last name, phone and e-mail.
    pub fn parts(self) -> [Place; 4] {
        match self {
            Self::Contact => Self::CONTACT.map(Place::Part),
            Self::Employee(number) => Self::EMPLOYEE.map(|part| Place::Within(number, part)),
        }
    }
}

/// Where in an input something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Part(Part),
    /// An entry of a list, from 0.
    Entry(Part, usize),
    /// A part of the entry of its list, from 0.
    Within(usize, Part),
    /// A column, a member or an argument that is no part, by its name.
    Named(String),
}

impl Place {
    /// Reads a path, as [`Place`] is printed.
    pub fn read(path: &str) -> Self {
        let entry = || {
            let (list, rest) = path.split_once('[')?;
            let (number, rest) = rest.split_once(']')?;
            let list = [Part::Employees, Part::Solutions].into_iter().find(|known| known.path() == list)?;
            let number = number.parse().ok()?;
            let part = |member| Part::ALL.into_iter().find(|part| part.list() == Some(list) && part.member() == member);
            match rest.strip_prefix('.') {
                Some(member) => part(member).map(|part| Self::Within(number, part)),
                None => Some(Self::Entry(list, number)),
            }
        };
        let known = Part::of_path(path).map(Self::Part).or_else(entry);
        known.filter(|place| place.to_string() == path).unwrap_or_else(|| Self::Named(path.to_owned()))
    }

    /// Returns the part that it is, or that the entry has.
    pub const fn part(&self) -> Option<Part> {
        match self {
            Self::Part(part) | Self::Entry(part, _) | Self::Within(_, part) => Some(*part),
            Self::Named(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => f.write_str(part.path()),
            Self::Entry(list, number) => write!(f, "{}[{number}]", list.path()),
            Self::Within(number, part) => {
                write!(f, "{}[{number}].{}", part.list().unwrap_or(*part).path(), part.member())
            }
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl From<Part> for Place {
    fn from(part: Part) -> Self {
        Self::Part(part)
    }
}

impl From<&str> for Place {
    fn from(path: &str) -> Self {
        Self::read(path)
    }
}

impl From<String> for Place {
    fn from(path: String) -> Self {
        Self::read(&path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_one_part_and_every_flag_too() {
        for part in Part::ALL {
            assert_eq!(Part::of_path(part.path()), Some(part));
            assert_eq!(Place::read(part.path()), Place::Part(part));
            assert!(part.path().ends_with(part.member()), "{part:?}");
            let same = Part::ALL.iter().filter(|other| !part.flag().is_empty() && other.flag() == part.flag()).count();
            // The notes of a deal and the note on closing it are flags of different commands.
            assert!(same <= 1 || part.flag() == Part::Note.flag(), "{part:?}");
        }
        for field in Field::ALL.into_iter().filter(|field| Part::of_path(field.path()).is_some()) {
            assert_eq!(Part::of_path(field.path()).map(Part::field), Some(field));
        }
    }

    #[test]
    fn places_are_printed_as_paths_and_read_back() {
        for (place, path) in [
            (Place::Part(Part::PostalCode), "customer.address.postalCode"),
            (Place::Entry(Part::Employees, 3), "employees[3]"),
            (Place::Within(0, Part::EmployeeEmail), "employees[0].email"),
            (Place::Within(12, Part::SolutionQuantity), "solutions[12].quantity"),
            (Place::Named("Estimated Deal Value".into()), "Estimated Deal Value"),
            (Place::Named("employees[x]".into()), "employees[x]"),
            (Place::Named("employees[0].mail".into()), "employees[0].mail"),
            (Place::Named("deal.value[0]".into()), "deal.value[0]"),
            (Place::Named(String::new()), ""),
        ] {
            assert_eq!((place.to_string().as_str(), Place::read(path)), (path, place.clone()), "{path}");
        }
    }
}
