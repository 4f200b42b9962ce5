//! Made-up answers in the vendors' documented shapes, large enough to weigh what is kept of them.

use std::fmt::Write;

/// Small, seeded random numbers (xorshift): the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 up to, not including, `end`.
    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }
}

/// Networks in test ranges: MCC, MNC, ISO country codes, operator.
const NETWORKS: [(&str, &str, &str, &str, &str); 8] = [
    ("242", "99", "NOR", "NO", "Example Norway"),
    ("240", "98", "SWE", "SE", "Example Sweden"),
    ("238", "97", "DNK", "DK", "Example Denmark"),
    ("262", "96", "DEU", "DE", "Example Germany"),
    ("204", "95", "NLD", "NL", "Example Netherlands"),
    ("310", "999", "USA", "US", "Example Mobile"),
    ("311", "998", "USA", "US", "Example Wireless"),
    ("234", "94", "GBR", "GB", "Example Kingdom"),
];

/// Seconds into a 30-day window as RFC 3339.
fn time(second: u64) -> String {
    let (day, rest) = (second / 86_400, second % 86_400);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("2026-04-{:02}T{hour:02}:{minute:02}:{second:02}Z", day + 1)
}

/// Start, last sign of life and, but for the newest, end of each session of a SIM.
fn spans(random: &mut Random, count: u64) -> Vec<(String, String, Option<String>)> {
    let slot = 30 * 86_400 / count;
    (0..count)
        .map(|session| {
            let start = session * slot + random.below(slot / 4);
            let end = start + slot / 4 + random.below(slot / 2);
            let closed = session + 1 < count;
            (time(start), time(end), closed.then(|| time(end)))
        })
        .collect()
}

/// `DataSessions` of KORE: one page for each SIM, one after the other.
pub fn kore(sims: u64, sessions: u64) -> String {
    let mut random = Random::new(0x5eed_0001);
    let mut text = String::new();
    for sim in 0..sims {
        text.push_str(r#"{"data_sessions":["#);
        let imei = 990_000_000_000_000 + sim * 7;
        for (at, (start, seen, end)) in spans(&mut random, sessions).into_iter().enumerate() {
            // A SIM moves among a few of all the cells there are.
            let cell = (sim * 3 + random.below(6)) % 5000;
            let (mcc, mnc, country, _, operator) = NETWORKS[(cell % 8) as usize];
            let comma = if at == 0 { "" } else { "," };
            let end = end.map_or("null".to_owned(), |end| format!(r#""{end}""#));
            let (high, low) = (random.next(), random.next());
            let radio = if random.below(5) == 0 { "3G" } else { "LTE" };
            let (up, down) = (random.below(90_000), random.below(400_000));
            let (lat, lon) = (40.0 + cell as f64 / 500.0, 5.0 + cell as f64 / 700.0);
            let (area, eci) = (cell % 900 + 1, 1_000_000 + cell * 256);
            write!(
                text,
                r#"{comma}{{"sid":"WN{high:016x}{low:016x}","sim_sid":"DE{sim:032x}","account_sid":"AC{:032x}","radio_link":"{radio}","operator_mcc":"{mcc}","operator_mnc":"{mnc}","operator_country":"{country}","operator_name":"{operator}","cell_id":"{mcc}-{mnc}-{area}-{eci}","cell_location_estimate":{{"lat":{lat:.5},"lon":{lon:.5}}},"packets_uploaded":{up},"packets_downloaded":{down},"last_updated":"{seen}","start":"{start}","end":{end},"imei":"{imei}"}}"#,
                1,
            )
            .unwrap();
        }
        text.push_str(
            r#"],"meta":{"key":"data_sessions","page":0,"page_size":1000,"next_page_url":null}}"#,
        );
        text.push('\n');
    }
    text
}

/// The sessions of WAYSCloud's SIMs: one page for each, one after the other.
pub fn wayscloud(sims: u64, sessions: u64) -> String {
    let mut random = Random::new(0x5eed_0002);
    let mut text = String::new();
    for sim in 0..sims {
        write!(
            text,
            r#"{{"iccid":"{}","sessions":["#,
            8_900_000_000_000_000_000_u64 + sim * 11
        )
        .unwrap();
        for (at, (start, _, end)) in spans(&mut random, sessions).into_iter().enumerate() {
            let (mcc, mnc, _, country, operator) = NETWORKS[((sim + random.below(3)) % 8) as usize];
            let comma = if at == 0 { "" } else { "," };
            let end = end.map_or("null".to_owned(), |end| format!(r#""{end}""#));
            let id = random.next();
            let duration = random.below(20_000);
            let (up, down) = (random.below(900), random.below(9000));
            // Addresses are leased from a pool of 16 bits.
            let address = random.below(1 << 16);
            write!(
                text,
                r#"{comma}{{"session_id":"ses_{id:016x}","start_time":"{start}","end_time":{end},"duration_seconds":{duration},"network":{{"country":"{operator}","country_code":"{country}","operator":"{operator}","network_code":"{mcc}{mnc}","network_type":"4G"}},"data_usage":{{"upload_mb":{}.{},"download_mb":{}.{},"total_mb":{}.{}}},"ip_address":"10.64.{}.{}"}}"#,
                up / 10,
                up % 10,
                down / 10,
                down % 10,
                (up + down) / 10,
                (up + down) % 10,
                address >> 8,
                address & 255,
            )
            .unwrap();
        }
        writeln!(text, r#"],"total":{sessions}}}"#).unwrap();
    }
    text
}
