// A simulated vendor's fleet: SIMs with their sessions up to the instant it was made, and what bursts add later. Everything comes from
// the seed, one SIM at a time and only when asked for, so that 10,000 SIMs cost nothing to have. It knows no vendor's spelling.
import { networks, sites } from "./networks.mjs";
import { hash, hex, randomOf } from "./random.mjs";

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Sessions are spread over this time before the fleet's first instant: a little more than any vendor keeps. */
const span = 34 * day;

/** What SIM number 0, 1, 2 … does; from the ninth on it is chance. */
const firstHabits = ["open", "offline", "never", "roaming", "long", "gone", "flapping", "offline"];

/**
 * @typedef {object} SimIdentity
 * @property {number} index
 * @property {string} iccid 16 to 20 digits
 * @property {string | null} eid 32 digits
 * @property {string[]} imsis @property {string} imei @property {string} msisdn @property {string} name
 * @property {number} created epoch ms
 * @property {string} habit `open` `offline` `never` `roaming` `long` `gone` `flapping`
 *
 * @typedef {object} Change a change of cell, radio or network inside a session
 * @property {number} at @property {import("./networks.mjs").Network} network @property {string} radio @property {number} site
 * @property {number} generation
 *
 * @typedef {object} SimSession
 * @property {number} sim @property {number} number @property {string} key 32 hexadecimal digits, of this session alone
 * @property {number} dice 32 bits to decide oddities by
 * @property {string} imsi @property {string} imei @property {string} ip
 * @property {import("./networks.mjs").Network} network @property {string} radio @property {number} site as it started
 * @property {Change[]} changes
 * @property {number} start epoch ms @property {number | null} end epoch ms; null while open
 * @property {number} lag by how many ms an asynchronous vendor stamps the end late
 * @property {boolean} lostEnd the end's event never came
 * @property {number} generation 0, or the burst that started it
 * @property {number} endGeneration 0, or the burst that ended it
 *
 * @typedef {object} Mark an instant of a session
 * @property {"start" | "change" | "end"} kind @property {number} at @property {SimSession} session
 * @property {Change | null} change @property {number} generation 0, or the burst it came with
 */

export class Fleet {
  /** Index of a SIM to what bursts did to it. */
  #later = new Map();
  #generation = 0;
  #turn = 0;
  #identities = [];

  /** @param {{ vendor: string, sims: number, seed: number, base: number, sessionsPerSim: number, severalImsis?: boolean }} options */
  constructor({ vendor, sims, seed, base, sessionsPerSim, severalImsis = false }) {
    this.salt = hash(vendor, seed);
    this.vendorDigit = hash(vendor) % 10;
    this.seed = seed;
    this.count = sims;
    this.base = Math.floor(base / 10) * 10;
    this.sessionsPerSim = sessionsPerSim;
    this.severalImsis = severalImsis;
  }

  /** @returns {SimIdentity} */
  sim(index) {
    return (this.#identities[index] ??= this.#identity(index));
  }

  #identity(index) {
    const dice = hash(this.salt, index, "sim");
    // 89 999: telecom, and a country code that nobody has.
    const stem = `89999${this.vendorDigit}${String(this.seed % 100).padStart(2, "0")}`;
    const lengths = [19, 19, 19, 20, 19, 18, 19, 19, 19, 19, 16];
    const iccid = stem + String(index).padStart(lengths[index % lengths.length] - stem.length, "0");
    const serial = String(index).padStart(7, "0");
    const imsi = (which) => `00101${this.vendorDigit}${which}${String(index).padStart(8, "0")}`;
    const chance = dice % 100;
    const habit =
      firstHabits[index] ??
      (chance < 48
        ? "open"
        : chance < 80
          ? "offline"
          : chance < 88
            ? "roaming"
            : chance < 93
              ? "flapping"
              : chance < 95
                ? "long"
                : chance < 97
                  ? "gone"
                  : "never");
    return {
      index,
      iccid,
      eid: index % 5 === 4 ? `89999${String(index).padStart(27, "0")}` : null,
      imsis: this.severalImsis && index % 8 === 3 ? [imsi(0), imsi(1)] : [imsi(0)],
      imei: withCheckDigit(`0012${serial.padStart(10, "0")}`),
      msisdn: `+9999${this.vendorDigit}${String(index).padStart(8, "0")}`,
      name: `${["Pump", "Meter", "Tracker", "Gate", "Cooler"][dice % 5]} ${index + 1}`,
      created: this.base - 400 * day + (dice % (300 * 24)) * hour,
      habit,
    };
  }

  /**
   * The SIM's sessions as they are at that instant, by start.
   * @returns {SimSession[]}
   */
  sessions(index, present) {
    const list = this.#ofTheBase(index);
    for (const change of this.#later.get(index) ?? []) {
      if (change.at > present) break;
      this.#apply(list, index, change);
    }
    const known = list.filter((session) => session.start <= present);
    for (const session of known) {
      if (session.end !== null && session.end > present) session.end = null;
      session.changes = session.changes.filter((change) => change.at <= present);
    }
    return known;
  }

  /**
   * The instants of the SIM's sessions until then, by session.
   * @returns {Mark[]}
   */
  marks(index, present) {
    return this.sessions(index, present).flatMap(marksOf);
  }

  #ofTheBase(index) {
    const { habit, imsis } = this.sim(index);
    if (habit === "never" || this.sessionsPerSim === 0) return [];
    const random = randomOf(this.salt, index, "sessions");
    const until = habit === "gone" ? this.base - 33 * day : this.base;
    const wanted = Math.max(1, Math.round(this.sessionsPerSim * (0.8 + 0.5 * random())));
    if (habit === "long") return [this.#session(index, 0, 0, this.base - 36 * day, null, random)];
    const list = this.#spread(index, 0, wanted, until, random);
    if (imsis.length > 1) {
      // Their instants end on 5 ms, those of the first IMSI on 0 ms: no two events of a SIM share an instant.
      const beside = this.#spread(index, 1, Math.ceil(wanted / 4), until - hour, random);
      for (const session of beside) {
        session.start += 5;
        session.end += 5;
        for (const change of session.changes) change.at += 5;
      }
      list.push(...beside);
      list.sort((a, b) => a.start - b.start);
    }
    return list;
  }

  /** One session in each of `wanted` equal slots before `until`. */
  #spread(index, which, wanted, until, random) {
    const { habit } = this.sim(index);
    const slot = span / wanted;
    const list = [];
    let joined = false;
    for (let number = 0; number < wanted; number += 1) {
      const from = until - span + number * slot;
      const last = number === wanted - 1;
      const start = joined ? from : from + random() * 0.3 * slot;
      joined = !last && random() < (habit === "flapping" ? 0.8 : 0.15);
      const length = random() < 0.3 ? Math.min(slot * 0.05, 10 * minute) : slot * 0.6 * random();
      const open = last && which === 0 && !["offline", "gone"].includes(habit);
      let end = joined ? from + slot - 200 : start + Math.max(second, length);
      if (end >= from + slot) end = from + slot - 200;
      list.push(this.#session(index, which, number, start, open ? null : end, random));
    }
    return list;
  }

  #session(index, which, number, start, end, random) {
    const { imsis, imei, habit } = this.sim(index);
    const home = networks[hash(this.salt, index, "home") % networks.length];
    const abroad = habit === "roaming" && random() < 0.5;
    const network = abroad ? networks[Math.floor(random() * networks.length)] : home;
    const from = tens(start);
    const to = end === null ? null : Math.max(from + 10, tens(end));
    const { salt } = this;
    const dice = hash(salt, index, which, number);
    const site = () => (hash(this.salt, index, "site") + Math.floor(random() * 6)) % sites;
    const session = {
      sim: index,
      number,
      // Most askers need no key: it is made when it is asked for.
      get key() {
        return hex(32, salt, index, which, number);
      },
      dice,
      imsi: imsis[which],
      imei,
      ip: `10.${dice & 127}.${(dice >> 7) & 255}.${1 + ((dice >> 15) & 127)}`,
      network,
      radio: network.radios[Math.floor(random() * network.radios.length)],
      site: site(),
      changes: [],
      start: from,
      end: to,
      lag: to !== null && dice % 3 === 0 ? tens(dice % 5000) + 1 : 0,
      lostEnd: dice % 40 === 7,
      generation: 0,
      endGeneration: 0,
    };
    const lasts = (to ?? this.base) - from;
    const changes = lasts > hour ? Math.floor(random() * 4) : 0;
    for (let at = 1; at <= changes; at += 1) {
      const moved = habit === "roaming" && random() < 0.4;
      const there = moved ? networks[Math.floor(random() * networks.length)] : network;
      session.changes.push({
        at: tens(from + minute + ((lasts - 2 * minute) * at) / (changes + 1)),
        network: there,
        radio: there.radios[Math.floor(random() * there.radios.length)],
        site: site(),
        generation: 0,
      });
    }
    return session;
  }

  /** Brings one later change into the list. */
  #apply(list, index, { kind, at, serial, generation }) {
    const open = list.findLast((session) => session.end === null);
    const random = randomOf(this.salt, index, "later", serial);
    if (kind === "start") {
      const fresh = this.#session(index, 0, 1_000_000 + serial, at, null, random);
      list.push(
        Object.assign(fresh, { start: at, lag: 0, lostEnd: false, changes: [], generation }),
      );
    } else if (kind === "end") {
      Object.assign(open, { end: at, lag: 0, lostEnd: false, endGeneration: generation });
    } else {
      const { radios } = open.network;
      const radio = radios[Math.floor(random() * radios.length)];
      const site = (open.site + 1 + Math.floor(random() * 9)) % sites;
      const network =
        random() < 0.5 ? open.network : networks[Math.floor(random() * networks.length)];
      open.changes.push({ at, network, radio, site, generation });
    }
  }

  /**
   * Lets `n` things happen now, spread over the SIMs: sessions start, end and (unless `changes` is false) change.
   * @returns {Mark[]} what happened
   */
  burst(n, present, { changes = true } = {}) {
    const able = [];
    for (let index = 0; index < this.count && able.length < 4 * n; index += 1) {
      const at = (this.#turn + index) % this.count;
      if (!["never", "gone"].includes(this.sim(at).habit)) able.push(at);
    }
    if (able.length === 0) return [];
    this.#turn = (able[Math.min(n, able.length) - 1] + 1) % this.count;
    this.#generation += 1;
    const rounds = Math.ceil(n / able.length);
    const made = [];
    for (let number = 0; number < n; number += 1) {
      const index = able[number % able.length];
      const wished = present - (rounds - 1 - Math.floor(number / able.length)) * second;
      made.push(this.#happen(index, wished, changes));
    }
    return made;
  }

  #happen(index, wished, changes) {
    const later = this.#later.get(index) ?? [];
    this.#later.set(index, later);
    const before = this.marks(index, Infinity);
    const newest = before.reduce((latest, mark) => Math.max(latest, mark.at), 0);
    const at = Math.max(wished, newest + 1);
    const open = this.sessions(index, Infinity).some((session) => session.end === null);
    const serial = later.length;
    const chance = hash(this.salt, index, "happen", serial) % 10;
    const kind = !open ? "start" : changes && chance < 4 ? "change" : "end";
    later.push({ kind, at, serial, generation: this.#generation });
    return this.marks(index, Infinity).find(
      (mark) => mark.at === at && mark.kind === kind && mark.generation === this.#generation,
    );
  }

  /** The SIMs that bursts touched. */
  touched() {
    return [...this.#later.keys()];
  }
}

/** When the last of these instants is, and `present` where there is none. */
export const latest = (marks, present) => Math.max(present, ...marks.map(({ at }) => at));

const tens = (value) => Math.floor(value / 10) * 10;

/**
 * The instants of a session: its start, its changes, its end.
 * @param {SimSession} session
 * @returns {Mark[]}
 */
export function marksOf(session) {
  const { start, end, changes, generation, endGeneration } = session;
  const marks = [{ kind: "start", at: start, session, change: null, generation }];
  for (const change of changes) {
    marks.push({ kind: "change", at: change.at, session, change, generation: change.generation });
  }
  if (end !== null) {
    marks.push({ kind: "end", at: end, session, change: null, generation: endGeneration });
  }
  return marks;
}

/**
 * The network, radio and site of a session at an instant.
 * @param {SimSession} session
 * @returns {{ network: import("./networks.mjs").Network, radio: string, site: number }}
 */
export function whereabouts(session, at) {
  return session.changes.findLast((change) => change.at <= at) ?? session;
}

/** The bytes of a session until an instant; more the longer it lasts. */
export function traffic(session, present) {
  const seconds = ((session.end ?? present) - session.start) / 1000;
  const rate = session.dice % 17 === 0 ? 0 : 2 + (session.dice % 400);
  return { up: Math.floor(seconds * rate), down: Math.floor(seconds * rate * 2.5) };
}

/** The digits with the Luhn check digit behind them. */
export function withCheckDigit(digits) {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const twice = digit * 2;
    sum += at % 2 === 0 ? (twice > 9 ? twice - 9 : twice) : digit;
  }
  return digits + ((10 - (sum % 10)) % 10);
}
