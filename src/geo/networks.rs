//! What networks are called by MCC and MNC: the list that is fetched once a vendor tells codes and no name. The build writes it
//! (tools/networks.mjs); a vendor's own name always comes before it.

use crate::model::{Mcc, Mnc, Network};

/// What the list's licence asks to be said where its names are shown.
pub const NAMES_CREDIT: &str = "Network names: Wikipedia, CC BY-SA 4.0, by mcc-mnc-list";

/// The list of names, a few thousand lines.
#[derive(Debug)]
pub struct NetworkNames {
    text: String,
    /// Each network's code and where its name lies in the text, in the order of the codes.
    lines: Vec<(u32, std::ops::Range<u32>)>,
}

/// MCC, how long the MNC is, and the MNC: `01` and `001` are two networks.
fn code(mcc: Mcc, three_digits: bool, mnc: u16) -> u32 {
    u32::from(mcc.number()) << 11 | u32::from(three_digits) << 10 | u32::from(mnc)
}

impl NetworkNames {
    /// Reads the list: MCC and MNC without anything between them, a space, the name; a line for each network, in the order of
    /// the codes; lines that begin with `#` say where it is from. Null for anything else, as a whole: a host that answers with a
    /// page of its own must not name a network.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = simdutf8::basic::from_utf8(bytes).ok()?;
        let mut lines = Vec::new();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let to = from + line.len();
            if !line.starts_with('#') {
                let (plmn, name) = line.strip_suffix('\n')?.split_once(' ')?;
                let mcc = Mcc::from_digits(plmn.get(..3)?)?;
                let mnc = Mnc::from_digits(plmn.get(3..)?)?;
                if name.is_empty() || name.contains(char::is_control) {
                    return None;
                }
                let name = (from + plmn.len() + 1) as u32..(to - 1) as u32;
                lines.push((code(mcc, mnc.has_three_digits(), mnc.number()), name));
            }
            from = to;
        }
        let is_list = !lines.is_empty() && lines.is_sorted_by(|a, b| a.0 < b.0);
        is_list.then(|| Self {
            text: text.to_owned(),
            lines,
        })
    }

    /// What the network of these codes is called. Where the vendor sent the MNC as a number, so that nobody knows how many
    /// digits it has, the name must be the same for either length.
    pub fn find(&self, network: &Network<'_>) -> Option<&str> {
        let (mcc, mnc) = (network.mcc?, network.mnc?);
        let of = |three_digits: bool| {
            let code = code(mcc, three_digits, mnc.number());
            let at = self.lines.binary_search_by_key(&code, |line| line.0).ok()?;
            let (_, name) = self.lines.get(at)?;
            self.text.get(name.start as usize..name.end as usize)
        };
        if !network.mnc_assumed {
            return of(mnc.has_three_digits());
        }
        // An MNC above 99 cannot have two digits, and no line says that it has.
        match (of(false), of(true)) {
            (Some(two), Some(three)) => (two == three).then_some(two),
            (two, three) => two.or(three),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# where it is from\n24201 Telenor\n31004 Two\n31005 Same\n310004 Three\n\
                        310005 Same\n310410 AT&T\n";

    fn network(mcc: &str, mnc: &str, mnc_assumed: bool) -> Network<'static> {
        Network {
            mcc: Mcc::from_digits(mcc),
            mnc: Mnc::from_digits(mnc),
            mnc_assumed,
            ..Network::default()
        }
    }

    #[test]
    fn the_digits_of_an_mnc_tell_networks_apart() {
        let names = NetworkNames::parse(LIST.as_bytes()).unwrap();
        let find = |mcc, mnc| names.find(&network(mcc, mnc, false));
        assert_eq!(find("242", "01"), Some("Telenor"));
        assert_eq!(find("242", "001"), None);
        assert_eq!(find("310", "04"), Some("Two"));
        assert_eq!(find("310", "004"), Some("Three"));
        assert_eq!(find("310", "410"), Some("AT&T"));
        assert_eq!(find("311", "410"), None);
        assert_eq!(names.find(&Network::default()), None);
    }

    #[test]
    fn an_mnc_without_its_zeros_names_a_network_only_where_there_is_no_doubt() {
        let names = NetworkNames::parse(LIST.as_bytes()).unwrap();
        let find = |mcc, mnc| names.find(&network(mcc, mnc, true));
        assert_eq!(find("242", "01"), Some("Telenor"));
        assert_eq!(find("242", "001"), Some("Telenor"), "as a number it is 1");
        assert_eq!(find("310", "004"), None, "04 and 004 are two operators");
        assert_eq!(find("310", "005"), Some("Same"));
        assert_eq!(find("310", "410"), Some("AT&T"));
        assert_eq!(find("310", "411"), None);
    }

    #[test]
    fn what_is_not_the_list_names_nothing() {
        for text in [
            "",
            "# nothing else\n",
            "<!doctype html>\n<title>Not found</title>\n",
            "24201 Telenor",
            "24201 \n",
            "24201\n",
            "2420 Short\n",
            "2420123 Long\n",
            "00001 None\n",
            "24202 B\n24201 A\n",
            "24201 A\n24201 A\n",
            "24201 Tele\rnor\n",
            "é4201 Telenor\n",
        ] {
            assert!(NetworkNames::parse(text.as_bytes()).is_none(), "{text}");
        }
        assert!(NetworkNames::parse(b"24201 \xff\n").is_none());
    }

    /// The list as it is shipped: made from the package where that is at hand, which it is once the page was built.
    #[test]
    fn every_line_of_the_shipped_list_is_read() {
        let root = env!("CARGO_MANIFEST_DIR");
        if !std::path::Path::new(&format!("{root}/node_modules/mcc-mnc-list")).exists() {
            eprintln!("not run: `npm ci` brings the list");
            return;
        }
        let made = std::process::Command::new("node")
            .arg(format!("{root}/tools/networks.mjs"))
            .output()
            .unwrap();
        let names = NetworkNames::parse(&made.stdout).unwrap();
        let text = std::str::from_utf8(&made.stdout).unwrap();
        assert_eq!(names.lines.len(), text.lines().count() - 1);
        assert!(text.starts_with(&format!("# {NAMES_CREDIT} ")));
        for line in text.lines().skip(1) {
            let (plmn, name) = line.split_once(' ').unwrap();
            let found = names.find(&network(&plmn[..3], &plmn[3..], false));
            assert_eq!(found, Some(name));
        }
    }
}
