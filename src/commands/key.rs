//! Keys: how they arrive, and how they are written for people.

/// A key press as the table writes it: `w`, `alt+arrowleft`, `ctrl+k` (Cmd counts as Ctrl). `key` is
/// `KeyboardEvent.key`; `types` says that the modifiers only make another character (`AltGr`).
pub fn pressed(key: &str, ctrl: bool, alt: bool, types: bool) -> String {
    let key = key.to_ascii_lowercase();
    let mut bytes = key.bytes();
    let is_sign = match (bytes.next(), bytes.next()) {
        (Some(byte), None) => !byte.is_ascii_alphanumeric(),
        _ => false,
    };
    // Many keyboards have `[`, `]` and `/` only behind AltGr or Option.
    if types || (is_sign && alt) {
        key
    } else if ctrl {
        format!("ctrl+{key}")
    } else if alt {
        format!("alt+{key}")
    } else {
        key
    }
}

/// A key of the table, for people: `Alt+←`, `Ctrl+K`, `Page up`.
pub fn name_of_key(key: &str) -> String {
    for (prefix, shown) in [("ctrl+", "Ctrl+"), ("alt+", "Alt+")] {
        if let Some(rest) = key.strip_prefix(prefix) {
            return format!("{shown}{}", name_of_key(rest));
        }
    }
    match key {
        "arrowleft" => "←".to_owned(),
        "arrowright" => "→".to_owned(),
        "arrowup" => "↑".to_owned(),
        "arrowdown" => "↓".to_owned(),
        "escape" => "Esc".to_owned(),
        "pageup" => "Page up".to_owned(),
        "pagedown" => "Page down".to_owned(),
        "home" => "Home".to_owned(),
        "end" => "End".to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_part_of_the_key() {
        assert_eq!(pressed("W", false, false, false), "w");
        assert_eq!(pressed("K", true, false, false), "ctrl+k");
        assert_eq!(pressed("ArrowLeft", false, true, false), "alt+arrowleft");
        // Not "w": the browser closes its tab with it.
        assert_eq!(pressed("w", true, false, false), "ctrl+w");
        assert_eq!(pressed("a", false, true, false), "alt+a");
    }

    #[test]
    fn a_sign_behind_alt_gr_or_option_is_the_sign() {
        assert_eq!(pressed("[", true, true, true), "[");
        assert_eq!(pressed("[", false, true, false), "[");
        assert_eq!(pressed("[", true, false, false), "ctrl+[");
    }

    #[test]
    fn keys_are_written_for_people() {
        assert_eq!(name_of_key("alt+arrowleft"), "Alt+←");
        assert_eq!(name_of_key("ctrl+k"), "Ctrl+K");
        assert_eq!(name_of_key("pageup"), "Page up");
        assert_eq!(name_of_key("?"), "?");
    }
}
