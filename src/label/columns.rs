//! What each column of a file of labels is: guessed from its name and its texts, and then said by whoever knows better.

use serde::{Deserialize, Serialize};

use crate::geo::country_of_mcc;
use crate::model::Mcc;

use super::headers::{Said, said};
use super::number::{Number, Written, is_checked, written};
use super::{Identifier, Problem, Sheet};

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It names the SIM.
    Identifier(Identifier),
    /// What the SIM is called. Of several, the first that is not empty.
    Name,
    /// The group that the SIM is in. Of several, the first that is not empty.
    Group,
    /// A tag of this name.
    Tag(String),
    /// It is left out.
    Ignored,
}

/// How a tag's column is written: this, and the tag's name.
const TAG: &str = "tag:";

impl Role {
    /// Its short name: `iccid`, `imsi`, `imei`, `eid`, `msisdn`, `key`, `name`, `group`, `ignored`, `tag:Site`.
    pub fn code(&self) -> String {
        match self {
            Self::Identifier(kind) => kind.code().to_owned(),
            Self::Name => "name".to_owned(),
            Self::Group => "group".to_owned(),
            Self::Tag(name) => format!("{TAG}{name}"),
            Self::Ignored => "ignored".to_owned(),
        }
    }

    /// The one of a short name; null where there is none.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(name) = code.strip_prefix(TAG) {
            return Some(Self::Tag(name.to_owned()));
        }
        Some(match code {
            "name" => Self::Name,
            "group" => Self::Group,
            "ignored" => Self::Ignored,
            _ => {
                let mut kinds = Identifier::ALL.into_iter();
                Self::Identifier(kinds.find(|kind| kind.code() == code)?)
            }
        })
    }
}

/// What all columns are, from the left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    roles: Vec<Role>,
}

/// So many texts of a column are looked at.
const LOOKED_AT: usize = 200;

impl Columns {
    /// What the columns of a file probably are.
    pub fn guess(sheet: &Sheet) -> Self {
        let mut columns = Self::default();
        for column in 0..sheet.column_count() {
            let role = match said(sheet.given_header(column)) {
                _ if sheet.texts(column).next().is_none() => Role::Ignored,
                Said::Identifier(kind) => Role::Identifier(kind),
                Said::Name if !columns.roles.contains(&Role::Name) => Role::Name,
                Said::Group if !columns.roles.contains(&Role::Group) => Role::Group,
                Said::Name | Said::Group => Role::Tag(sheet.header(column)),
                Said::SomeKey => Role::Identifier(look(sheet, column).unwrap_or(Identifier::Key)),
                Said::Nothing => match look(sheet, column) {
                    Some(kind) => Role::Identifier(kind),
                    None => Role::Tag(sheet.header(column)),
                },
            };
            columns.roles.push(role);
        }
        columns
    }

    /// Columns that are said to be these.
    pub fn of(roles: Vec<Role>) -> Self {
        Self { roles }
    }

    /// What all columns are, from the left.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Says what a column is. A column that the file does not have is no column.
    pub fn set(&mut self, column: usize, role: Role) {
        if let Some(known) = self.roles.get_mut(column) {
            *known = role;
        }
    }

    /// Whether labels can be taken so.
    ///
    /// # Errors
    ///
    /// [`Problem::NoIdentifier`] or [`Problem::NoLabel`] where there is no column of that kind.
    pub fn check(&self) -> Result<(), Problem> {
        let any = |is: &dyn Fn(&Role) -> bool| self.roles.iter().any(is);
        if !any(&|role| matches!(role, Role::Identifier(_))) {
            return Err(Problem::NoIdentifier);
        }
        if !any(&|role| matches!(role, Role::Name | Role::Group | Role::Tag(_))) {
            return Err(Problem::NoLabel);
        }
        Ok(())
    }
}

/// Which identifiers a column's texts are by their form; null where some of them are none.
fn look(sheet: &Sheet, column: usize) -> Option<Identifier> {
    let mut found: Vec<Number> = Vec::new();
    let (mut destroyed, mut plus) = (0, 0);
    for text in sheet.texts(column).take(LOOKED_AT) {
        match written(text) {
            Written::Number(number) => {
                plus += usize::from(text.starts_with('+'));
                found.push(number);
            }
            Written::Destroyed => destroyed += 1,
            Written::Nothing => {}
            Written::Other => return None,
        }
    }
    let all = |is: &dyn Fn(&[u8]) -> bool| found.iter().all(|number| is(number.digits()));
    if found.is_empty() {
        // What a spreadsheet destroys without being asked is an ICCID: it takes the 15 digits of others as they are.
        return (destroyed > 0).then_some(Identifier::Iccid);
    }
    if all(&|digits| digits.len() == 32 && digits.starts_with(b"89")) {
        Some(Identifier::Eid)
    } else if all(&|digits| (18..=20).contains(&digits.len()) && digits.starts_with(b"89")) {
        Some(Identifier::Iccid)
    } else if plus == found.len() && all(&|digits| (7..=15).contains(&digits.len())) {
        Some(Identifier::Msisdn)
    } else if all(&|digits| digits.len() == 15 && is_checked(digits)) {
        Some(Identifier::Imei)
    } else if all(&|digits| digits.len() == 15 && begins_with_network(digits)) {
        Some(Identifier::Imsi)
    } else {
        None
    }
}

/// Whether the first three digits are a country's code of networks, or an international or a test network's.
fn begins_with_network(digits: &[u8]) -> bool {
    let Some(code) = digits
        .get(..3)
        .and_then(|code| std::str::from_utf8(code).ok())
    else {
        return false;
    };
    matches!(code, "001" | "901" | "999")
        || Mcc::from_digits(code).is_some_and(|mcc| country_of_mcc(mcc).is_some())
}
