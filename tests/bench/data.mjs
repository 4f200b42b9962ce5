// Made-up DataSessions in KORE's shape: an array of pages, the same bytes on every machine.

export const pageSize = 1000;
export const day = 86_400_000;
export const from = Date.UTC(2026, 3, 1);

/** Networks in test ranges: MCC, MNC, country, operator. */
export const networks = [
  ["242", "99", "NOR", "Example Norway"],
  ["240", "98", "SWE", "Example Sweden"],
  ["238", "97", "DNK", "Example Denmark"],
  ["262", "96", "DEU", "Example Germany"],
  ["204", "95", "NLD", "Example Netherlands"],
  ["310", "999", "USA", "Example Mobile"],
  ["734", "94", "VEN", "Compañía de Ejemplo"],
  ["234", "93", "GBR", "Example Kingdom"],
];

/** Small, seeded random numbers (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/** An instant as KORE writes it. */
export const time = (ms) => new Date(ms).toISOString().replace(".000Z", "Z");
export const hex = (value, digits) => value.toString(16).padStart(digits, "0");

function session(random, sim, index, count) {
  const slot = Math.floor((30 * day) / count / 1000) * 1000;
  const start = from + index * slot + random(slot / 4000) * 1000;
  const seen = start + slot / 4 - ((slot / 4) % 1000) + random(slot / 2000) * 1000;
  const open = index + 1 === count;
  // A SIM moves among a few of all the cells there are.
  const cell = (sim * 3 + random(6)) % 5000;
  const [mcc, mnc, country, operator] = networks[cell % networks.length];
  const placed = random(20) > 0;
  const point = { lat: 40 + cell / 512, lon: 5 + cell / 1024 };
  return {
    sid: `WN${hex(random(2 ** 32), 8)}${hex(sim, 8)}${hex(index, 8)}${hex(random(2 ** 32), 8)}`,
    sim_sid: `DE${hex(sim, 32)}`,
    account_sid: `AC${hex(1, 32)}`,
    radio_link: random(5) ? "LTE" : "3G",
    operator_mcc: mcc,
    operator_mnc: mnc,
    operator_country: country,
    operator_name: operator,
    cell_id: `${mcc}-${mnc}-${(cell % 900) + 1}-${1_000_000 + cell * 256}`,
    cell_location_estimate: placed ? point : {},
    packets_uploaded: random(90_000),
    packets_downloaded: random(400_000),
    last_updated: time(seen),
    start: time(start),
    end: open ? null : time(seen),
    imei: String(990_000_000_000_000 + sim * 7),
  };
}

/** The whole document as UTF-8. */
export function dataSessions({ sims = 1000, sessionsOfASim = 100 } = {}) {
  const random = seeded(0x51_5c_0b_e);
  const rows = [];
  for (let sim = 0; sim < sims; sim += 1) {
    for (let index = 0; index < sessionsOfASim; index += 1) {
      rows.push(session(random, sim, index, sessionsOfASim));
    }
  }
  const pages = [];
  for (let at = 0; at < rows.length; at += pageSize) {
    pages.push(pageOf(JSON.stringify(rows.slice(at, at + pageSize)), at / pageSize));
  }
  return Buffer.from(`[${pages.join(",")}]`);
}

/** One page of an answer around its rows (the text of an array). */
export function pageOf(rows, page) {
  const meta = { key: "data_sessions", page, page_size: pageSize, next_page_url: null };
  return `{"data_sessions":${rows},"meta":${JSON.stringify(meta)}}`;
}
