//! What columns are taken for.

use super::fixture::{ICCID_A, IMEI, IMSI_A, sheet};
use crate::label::{Columns, Identifier, Labels, Problem, Role};

fn guessed(text: &str) -> Vec<Role> {
    Columns::guess(&sheet(text)).roles().to_vec()
}

fn tag(name: &str) -> Role {
    Role::Tag(name.to_owned())
}

#[test]
fn names_of_columns_are_understood() {
    assert_eq!(
        guessed(
            "SIM ICCID;Device name;Group;Site;Notes;Name\n8999900000000000014;Pump;north;Oslo;;P1\n"
        ),
        [
            Role::Identifier(Identifier::Iccid),
            Role::Name,
            Role::Group,
            tag("Site"),
            Role::Ignored,
            tag("Name"),
        ]
    );
}

#[test]
fn where_a_name_says_nothing_the_texts_do() {
    let text = format!(
        "SIM,Serial,Modem,A,B,C\n{ICCID_A},{IMSI_A},{IMEI},89{},+4759000001,7\n",
        "0".repeat(29) + "1"
    );
    assert_eq!(
        guessed(&text),
        [
            Role::Identifier(Identifier::Iccid),
            Role::Identifier(Identifier::Imsi),
            Role::Identifier(Identifier::Imei),
            Role::Identifier(Identifier::Eid),
            Role::Identifier(Identifier::Msisdn),
            tag("C"),
        ]
    );
    assert_eq!(
        guessed("SIM,What\n8.98824E+18,Pump\n"),
        [Role::Identifier(Identifier::Iccid), tag("What")]
    );
    assert_eq!(
        guessed("Device ID,What\nHS01,Pump\n"),
        [Role::Identifier(Identifier::Key), tag("What")]
    );
    // Without names of columns, too.
    assert_eq!(
        guessed(&format!("{ICCID_A},Pump\n")),
        [Role::Identifier(Identifier::Iccid), tag("Column 2")]
    );
}

#[test]
fn without_an_identifier_or_a_label_nothing_is_taken() {
    let no_identifier = sheet("Where,What\nOslo,Pump\n");
    let mut columns = Columns::guess(&no_identifier);
    assert_eq!(columns.check(), Err(Problem::NoIdentifier));
    let labels = Labels::new(no_identifier.clone(), columns.clone());
    assert_eq!(labels.problem(), Some(Problem::NoIdentifier));
    columns.set(0, Role::Identifier(Identifier::Key));
    columns.set(7, Role::Name);
    assert_eq!(columns.check(), Ok(()));
    assert_eq!(Labels::new(no_identifier, columns).problem(), None);
    let no_label = sheet(&format!("ICCID\n{ICCID_A}\n"));
    assert_eq!(Columns::guess(&no_label).check(), Err(Problem::NoLabel));
}
