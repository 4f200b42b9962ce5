//! Which field of a record an error is about, from where in the text the reader stopped.

/// One open object or array on the way to the place.
struct Open {
    /// The key, or the index, that is being read.
    step: String,
    /// Number of the element, in an array.
    index: Option<usize>,
}

/// The path (`cell.eci`, `dns[1]`) of the value at `offset`, the reader's place when it refused. A
/// missing field, which the message names, is added to the path of its object.
pub fn field_path(json: &[u8], offset: usize, message: &str) -> String {
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    // The place is at or behind the last byte of the value, so a closing bracket there is not passed.
    let end = offset.min(json.len());
    while at < end {
        match json.get(at) {
            Some(b'{') => open.push(Open {
                step: String::new(),
                index: None,
            }),
            Some(b'[') => open.push(Open {
                step: "[0]".to_owned(),
                index: Some(0),
            }),
            Some(b'}' | b']') => {
                open.pop();
            }
            Some(b',') => {
                if let Some(Open {
                    step,
                    index: Some(index),
                }) = open.last_mut()
                {
                    *index += 1;
                    *step = format!("[{index}]");
                }
            }
            Some(b'"') => {
                let length = string_length(json.get(at..).unwrap_or_default());
                let text = json.get(at + 1..at + length - 1).unwrap_or_default();
                at += length;
                let is_key = json
                    .get(at..)
                    .and_then(|rest| rest.iter().find(|byte| !byte.is_ascii_whitespace()))
                    == Some(&b':');
                if let (true, Some(last)) = (is_key, open.last_mut()) {
                    last.step = String::from_utf8_lossy(text).into_owned();
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    let missing = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    if let (Some(name), Some(last)) = (missing, open.last_mut()) {
        name.clone_into(&mut last.step);
    }
    let mut path = String::new();
    for Open { step, .. } in &open {
        if !path.is_empty() && !step.starts_with('[') && !step.is_empty() {
            path.push('.');
        }
        path.push_str(step);
    }
    path
}

/// Length of the string that begins at the first byte, both quotes included.
fn string_length(json: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in json.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len().max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_leads_to_the_value() {
        let json = br#"{"a":1,"cell":{"radio":"x","eci":"no"},"dns":["a",7]}"#;
        let behind = |text: &str| {
            let json = std::str::from_utf8(json).unwrap();
            json.find(text).unwrap() + text.len()
        };
        assert_eq!(field_path(json, behind("1"), ""), "a");
        assert_eq!(field_path(json, behind("\"no\""), ""), "cell.eci");
        assert_eq!(field_path(json, behind("7"), ""), "dns[1]");
        assert_eq!(
            field_path(json, behind("\"no\""), "missing field `tac`"),
            "cell.tac"
        );
    }
}
