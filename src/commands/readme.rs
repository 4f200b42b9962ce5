//! The README's list of keys, from the table.

use std::fmt::Write;

use super::{COMMANDS, GESTURES, Group};

/// The list as the README holds it between its two markers.
pub fn section() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let of_group = COMMANDS.iter().filter(|entry| entry.group == group);
        let keys = of_group.filter(|entry| !entry.keys.is_empty());
        let lines: Vec<String> = keys
            .map(|entry| {
                let keys: Vec<String> = entry.shown().map(|key| format!("`{key}`")).collect();
                format!("- {}: {}", keys.join(" or "), entry.label)
            })
            .collect();
        // Writing to a String does not fail.
        let _ = write!(out, "\n**{}**\n\n{}\n", group.label(), lines.join("\n"));
    }
    let gestures: Vec<String> = GESTURES
        .iter()
        .map(|(how, what)| format!("- {how}: {what}"))
        .collect();
    let _ = write!(out, "\n**Hands**\n\n{}\n\n", gestures.join("\n"));
    out
}

#[cfg(test)]
mod tests {
    use super::section;

    const BEGIN: &str = "<!-- keys: written from src/commands/table.rs -->\n";
    const END: &str = "<!-- end of keys -->";

    /// `WRITE_README=1 cargo test readme` writes the list anew.
    #[test]
    fn the_readme_lists_the_keys_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(path).unwrap();
        let (before, rest) = readme.split_once(BEGIN).expect("the first marker");
        let (listed, after) = rest.split_once(END).expect("the second marker");
        if std::env::var_os("WRITE_README").is_some() {
            std::fs::write(path, [before, BEGIN, &section(), END, after].concat()).unwrap();
            return;
        }
        assert_eq!(listed, section(), "run: WRITE_README=1 cargo test readme");
    }
}
