//! The fleet as the five vendors' documented answers, fetched at the window's end, and read into a store as any file is.

use std::fmt::Write;

use simscope::import::{Importer, Options};
use simscope::model::{Instant, ProviderId};
use simscope::store::{Source, Store};

use super::fleet::{Fleet, NETWORKS, Network, Sim, Span, VENDORS, Vendor, WINDOW};
use super::random::Random;

/// 2026-04-01T00:00:00Z, a Wednesday.
const BASE_S: i64 = 1_775_001_600;

pub fn instant(second: i64) -> Instant {
    Instant::from_s(BASE_S + second).unwrap()
}

/// RFC 3339 with whole seconds.
fn iso(second: i64) -> String {
    let text = instant(second).to_string();
    format!("{}Z", text.get(..19).unwrap())
}

fn ms(second: i64) -> i64 {
    (BASE_S + second) * 1000
}

fn provider(vendor: Vendor) -> ProviderId {
    match vendor {
        Vendor::Twilio => ProviderId::Twilio,
        Vendor::Kore => ProviderId::Kore,
        Vendor::Soracom => ProviderId::Soracom,
        Vendor::Monogoto => ProviderId::Monogoto,
        Vendor::Wayscloud => ProviderId::Wayscloud,
    }
}

/// The vendor's key of a SIM.
pub fn key(sim: &Sim) -> String {
    match sim.vendor {
        Vendor::Twilio | Vendor::Kore => format!("DE{:032x}", sim.number),
        Vendor::Monogoto => format!("ThingId_ICCID_{}", iccid(sim)),
        Vendor::Soracom | Vendor::Wayscloud => iccid(sim),
    }
}

fn iccid(sim: &Sim) -> String {
    (8_999_900_000_000_000_000_u64 + u64::from(sim.number) * 11).to_string()
}

/// An answer, and the SIM that it is asked for where it names none itself.
struct Answer {
    vendor: Vendor,
    sim: Option<String>,
    text: String,
}

/// Every answer of the fleet's vendors. How many bytes they are is for the reader to count.
fn answers(fleet: &Fleet, seed: u64) -> Vec<Answer> {
    let mut random = Random::new(seed ^ 0xa115_5e25);
    let mut found = Vec::new();
    for vendor in VENDORS {
        let sims: Vec<&Sim> = fleet
            .sims
            .iter()
            .filter(|sim| sim.vendor == vendor)
            .collect();
        let mut text = String::new();
        match vendor {
            Vendor::Twilio | Vendor::Kore => {
                wireless_sims(&mut text, &sims);
                for sim in &sims {
                    wireless(&mut text, &mut random, sim);
                }
            }
            Vendor::Soracom => {
                for sim in &sims {
                    soracom(&mut text, &mut random, sim);
                }
                soracom_sims(&mut text, &mut random, &sims);
            }
            Vendor::Monogoto => {
                monogoto_status(&mut text, &sims);
                found.extend(sims.iter().map(|sim| Answer {
                    vendor,
                    sim: Some(key(sim)),
                    text: monogoto(sim),
                }));
            }
            Vendor::Wayscloud => {
                for sim in &sims {
                    wayscloud(&mut text, &mut random, sim);
                }
            }
        }
        found.push(Answer {
            vendor,
            sim: None,
            text,
        });
    }
    found
}

/// Reads the fleet's answers. Returns how many bytes they were.
pub fn read(store: &mut Store, fleet: &Fleet, seed: u64) -> usize {
    let mut bytes = 0;
    let sources = VENDORS.map(|vendor| {
        let provider = provider(vendor);
        store.add_source(Source::new(provider.as_str(), Some(provider)))
    });
    for answer in answers(fleet, seed) {
        let at = VENDORS
            .iter()
            .position(|vendor| *vendor == answer.vendor)
            .unwrap();
        let options = Options {
            name: "made up".to_owned(),
            provider: Some(provider(answer.vendor)),
            sim: answer.sim,
            observed: Some(instant(WINDOW)),
            ..Options::default()
        };
        let mut importer = Importer::new(store, sources[at], options);
        importer.push(store, answer.text.as_bytes());
        let outcome = importer.finish(store);
        assert_eq!(
            (outcome.bad_records, outcome.problem),
            (0, None),
            "{:?}",
            answer.vendor
        );
        bytes += answer.text.len();
    }
    store.settle();
    bytes
}

/// The vendor's record of the session has no end: it is up, or nobody noticed.
fn is_open(sim: &Sim, at: usize) -> bool {
    let last = at + 1 == sim.spans.len();
    sim.spans[at].end > WINDOW || (last && sim.lost_end)
}

/// The 14 digits of the device with what a network adds: a check digit, 0 in its place, or a software version; or none of it.
fn imei(random: &mut Random, sim: &Sim, span: &Span) -> Option<String> {
    let device = span.device;
    let check = device * 7 % 10;
    let version = if span.start < i64::from(sim.number) * 1000 % WINDOW {
        11
    } else {
        12
    };
    match sim.number / 5 % 10 {
        0 if random.chance(0.3) => None,
        1 if random.chance(0.5) => Some(format!("{device:014}0")),
        2 => Some(format!("{device:014}{version}")),
        3 if random.chance(0.3) => Some(format!("{device:014}{version}")),
        _ => Some(format!("{device:014}{check}")),
    }
}

fn text_or_null(text: Option<&str>) -> String {
    text.map_or("null".to_owned(), |text| format!("\"{text}\""))
}

fn comma(at: usize) -> &'static str {
    if at == 0 { "" } else { "," }
}

fn wireless_sims(out: &mut String, sims: &[&Sim]) {
    out.push_str(r#"{"sims":["#);
    for (at, sim) in sims.iter().enumerate() {
        let status = if sim.suspended { "suspended" } else { "active" };
        write!(
            out,
            r#"{}{{"sid":"{}","unique_name":null,"account_sid":"AC0","rate_plan_sid":null,"friendly_name":"Device {}","iccid":"{}","status":"{status}","date_created":"2025-06-01T08:00:00Z","date_updated":"2026-02-01T08:00:00Z"}}"#,
            comma(at),
            key(sim),
            sim.number,
            iccid(sim),
        )
        .unwrap();
    }
    out.push_str(
        "],\"meta\":{\"key\":\"sims\",\"page\":0,\"page_size\":1000,\"next_page_url\":null}}\n",
    );
}

fn wireless(out: &mut String, random: &mut Random, sim: &Sim) {
    out.push_str(r#"{"data_sessions":["#);
    for (at, span) in sim.spans.iter().enumerate() {
        let Network {
            mcc,
            mnc,
            alpha3,
            operator,
            ..
        } = NETWORKS[span.network];
        let open = is_open(sim, at);
        let end = (!open).then(|| iso(span.end));
        // The record of an open session changes when something is sent.
        let seen = if open {
            let quiet = random.whole(0, 6 * 3600);
            span.end.min(WINDOW - quiet).max(span.start)
        } else {
            span.end
        };
        let device = imei(random, sim, span);
        let up = span.amount.div_ceil(2);
        write!(
            out,
            r#"{}{{"sid":"WN{:016x}{:016x}","sim_sid":"{}","account_sid":"AC0","radio_link":"LTE","operator_mcc":"{mcc}","operator_mnc":"{mnc}","operator_country":"{alpha3}","operator_name":"{operator}","cell_id":"{mcc}-{mnc}-{}-{}","cell_location_estimate":{{}},"packets_uploaded":{up},"packets_downloaded":{},"last_updated":"{}","start":"{}","end":{},"imei":{}}}"#,
            comma(at),
            sim.number,
            at,
            key(sim),
            span.cell / 10,
            span.cell,
            span.amount - up,
            iso(seen),
            iso(span.start),
            text_or_null(end.as_deref()),
            text_or_null(device.as_deref()),
        )
        .unwrap();
    }
    out.push_str("],\"meta\":{\"key\":\"data_sessions\",\"page\":0,\"page_size\":1000,\"next_page_url\":null}}\n");
}

fn soracom_cell(network: usize, cell: u32) -> String {
    let Network { mcc, mnc, .. } = NETWORKS[network];
    let mnc: u32 = mnc.parse().unwrap();
    format!(
        r#"{{"radioType":"LTE","mcc":{mcc},"mnc":{mnc},"tac":{},"eci":{}}}"#,
        cell / 10 + 1,
        cell + 1_000_000
    )
}

fn imsi(sim: &Sim) -> String {
    format!("{:015}", 1_010_000_000_000_u64 + u64::from(sim.number))
}

fn soracom(out: &mut String, random: &mut Random, sim: &Sim) {
    out.push('[');
    let mut first = true;
    let named = sim.number.is_multiple_of(2);
    for (at, span) in sim.spans.iter().enumerate().rev() {
        let device = imei(random, sim, span);
        let device = text_or_null(device.as_deref());
        let session = if named {
            format!(r#","sessionId":"01K{:013}{at:010}""#, sim.number)
        } else {
            String::new()
        };
        let mut event = |time: i64, name: &str, cell: &str| {
            let comma = if first { "" } else { "," };
            first = false;
            write!(
                out,
                r#"{comma}{{"time":{},"event":"{name}","createdTime":"{}.000Z","imsi":"{}","imei":{device},"simId":"{}","operatorId":"OP0","apn":"soracom.io","ueIpAddress":"10.1.2.3","dns0":"100.127.0.53","dns1":"100.127.1.53"{session},"cell":{cell}}}"#,
                ms(time),
                iso(span.start).trim_end_matches('Z'),
                imsi(sim),
                iccid(sim),
            )
            .unwrap();
        };
        let cell = soracom_cell(span.network, span.cell);
        if !is_open(sim, at) {
            event(span.end, "Deleted", &cell);
        }
        for (from, network) in span.moves.iter().rev() {
            event(*from, "Modified", &soracom_cell(*network, span.cell));
        }
        // Older than the vendor keeps.
        if span.start > -86_400 {
            event(span.start, "Created", &cell);
        }
    }
    out.push_str("]\n");
}

fn soracom_sims(out: &mut String, random: &mut Random, sims: &[&Sim]) {
    out.push('[');
    for (at, sim) in sims.iter().enumerate() {
        let state = match sim.spans.last() {
            Some(last) if is_open(sim, sim.spans.len() - 1) => {
                let device = imei(random, sim, last);
                let cell = soracom_cell(last.network, last.cell);
                format!(
                    r#"{{"online":true,"lastUpdatedAt":{},"imei":{},"imsi":"{}","cell":{cell},"ueIpAddress":"10.1.2.3","dnsServers":["100.127.0.53"]}}"#,
                    ms(last.start.max(-86_400)),
                    text_or_null(device.as_deref()),
                    imsi(sim),
                )
            }
            Some(last) => format!(
                r#"{{"online":false,"lastUpdatedAt":{},"imei":null}}"#,
                ms(last.end)
            ),
            None => "null".to_owned(),
        };
        let status = if sim.suspended { "suspended" } else { "active" };
        let (iccid, imsi) = (iccid(sim), imsi(sim));
        write!(
            out,
            r#"{}{{"simId":"{iccid}","operatorId":"OP0","status":"{status}","type":"uicc","speedClass":"s1.standard","tags":{{"name":"Device {}"}},"createdTime":1760000000000,"lastModifiedTime":1769000000000,"activeProfileId":"{iccid}","profiles":{{"{iccid}":{{"iccid":"{iccid}","primaryImsi":"{imsi}","subscribers":{{"{imsi}":{{"imsi":"{imsi}","msisdn":null,"status":"{status}","subscription":"plan01s"}}}}}}}},"sessionStatus":{state}}}"#,
            comma(at),
            sim.number,
        )
        .unwrap();
    }
    out.push_str("]\n");
}

fn monogoto(sim: &Sim) -> String {
    let mut out = r#"{"hits":["#.to_owned();
    let mut first = true;
    let mut hit = |time: i64, message: &str, kind: &str| {
        let comma = if first { "" } else { "," };
        first = false;
        write!(
            out,
            r#"{comma}{{"_source":{{"Severity":"info","message":"{message}","MessageType":"{kind}","Timestamp":{},"EsDataType":"DATA"}}}}"#,
            ms(time),
        )
        .unwrap();
    };
    for (at, span) in sim.spans.iter().enumerate().rev() {
        if !is_open(sim, at) {
            hit(span.end, "PDP_DELETE", "EVENT");
        }
        if span.start >= 0 {
            hit(span.start, "PDP_CREATE", "EVENT");
        }
    }
    out.push_str("]}\n");
    out
}

fn monogoto_status(out: &mut String, sims: &[&Sim]) {
    out.push_str(r#"{"Success":true,"Message":"Operation succeeded","Data":["#);
    for (at, sim) in sims.iter().enumerate() {
        let last = sim.spans.len().checked_sub(1);
        let open = last.is_some_and(|last| is_open(sim, last));
        let connected = if open { "CONNECTED" } else { "DISCONNECTED" };
        let span = sim.spans.last();
        let time = |of: Option<i64>| of.map_or("null".to_owned(), |time| ms(time).to_string());
        let begun = time(span.map(|span| span.start));
        let ended = time(span.filter(|_| !open).map(|span| span.end));
        let status = if sim.suspended { "SUSPENDED" } else { "ACTIVE" };
        write!(
            out,
            r#"{}{{"ThingId":"{}","CustomerId":"cid_0","ThingName":"Device {}","ThingDescription":"","ProvisionStatus":"{status}","ConnectionStatus":"{connected}","ActiveSessions":[],"ActiveIMSI":"{}","LastConnectionTime":{begun},"LastDisconnectionTime":{ended},"MSISDN":null}}"#,
            comma(at),
            key(sim),
            sim.number,
            imsi(sim),
        )
        .unwrap();
    }
    out.push_str("]}\n");
}

fn wayscloud_network(network: usize) -> String {
    let Network {
        mcc,
        mnc,
        alpha2,
        country,
        operator,
        ..
    } = NETWORKS[network];
    format!(
        r#"{{"country":"{country}","country_code":"{alpha2}","operator":"{operator}","network_code":"{mcc}{mnc}","network_type":"4G"}}"#
    )
}

fn wayscloud(out: &mut String, random: &mut Random, sim: &Sim) {
    let iccid = iccid(sim);
    write!(out, r#"{{"iccid":"{iccid}","sessions":["#).unwrap();
    for (at, span) in sim.spans.iter().enumerate() {
        let end = (!is_open(sim, at)).then(|| iso(span.end));
        // Megabytes with one decimal, as in the vendor's examples.
        let tenths = (span.amount * 500 + 50_000) / 100_000;
        let up = tenths / 3;
        let down = tenths - up;
        let mb = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
        write!(
            out,
            r#"{}{{"session_id":"ses_{:08x}{at:08x}","start_time":"{}","end_time":{},"duration_seconds":{},"network":{},"data_usage":{{"upload_mb":{},"download_mb":{},"total_mb":{}}},"ip_address":"10.64.0.1"}}"#,
            comma(at),
            sim.number,
            iso(span.start),
            text_or_null(end.as_deref()),
            span.end.min(WINDOW) - span.start,
            wayscloud_network(span.network),
            mb(up),
            mb(down),
            mb(tenths),
        )
        .unwrap();
    }
    write!(
        out,
        r#"],"total":{},"summary":{{"total_sessions":{},"total_data_mb":1.0,"average_session_duration_seconds":1}}}}"#,
        sim.spans.len(),
        sim.spans.len(),
    )
    .unwrap();
    out.push('\n');
    wayscloud_activity(out, random, sim, &iccid);
    let status = if sim.suspended { "suspended" } else { "active" };
    write!(
        out,
        r#"{{"device_id":"iot_dev_{}","device_name":"Device {}","sim":{{"iccid":"{iccid}","status":"{status}","msisdn":null,"current_network":null,"data_usage_mb":1.0,"linked_at":"2025-10-15T10:00:00Z"}}}}"#,
        sim.number, sim.number,
    )
    .unwrap();
    out.push('\n');
}

/// The log of the SIM, in no order.
fn wayscloud_activity(out: &mut String, random: &mut Random, sim: &Sim, iccid: &str) {
    let mut events = Vec::new();
    for (at, span) in sim.spans.iter().enumerate() {
        let id = |what: &str| format!("evt_{what}{:08x}{at:08x}", sim.number);
        let network = wayscloud_network(span.network);
        if span.start >= 0 {
            events.push(format!(
                r#"{{"event_id":"{}","event_type":"connection","timestamp":"{}","network":{network},"details":{{"signal_strength":-{}}}}}"#,
                id("a"),
                iso(span.start),
                random.whole(60, 110),
            ));
        }
        let mut before = span.network;
        for (step, (from, after)) in span.moves.iter().enumerate() {
            events.push(format!(
                r#"{{"event_id":"{}{step}","event_type":"network_change","timestamp":"{}","previous_network":{},"current_network":{},"details":{{"reason":"roaming"}}}}"#,
                id("c"),
                iso(*from),
                wayscloud_network(before),
                wayscloud_network(*after),
            ));
            before = *after;
        }
        if !is_open(sim, at) {
            events.push(format!(
                r#"{{"event_id":"{}","event_type":"disconnection","timestamp":"{}"}}"#,
                id("d"),
                iso(span.end),
            ));
        }
    }
    for at in 1..events.len() {
        events.swap(at, random.whole(0, at as i64) as usize);
    }
    write!(
        out,
        r#"{{"iccid":"{iccid}","activity":[{}],"total":{}}}"#,
        events.join(","),
        events.len()
    )
    .unwrap();
    out.push('\n');
}
