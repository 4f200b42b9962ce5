// Made-up identifiers. None can belong to anyone: ICCIDs begin with 8999 (no such issuer), IMSIs with 001-01 or 999-99 (test and
// internal networks), IMEIs with 00 (test devices), phone numbers are country code plus zeros, addresses are private.

import { seeded } from "./random.mjs";

/** 19 digits; `vendor` is one digit, `serial` the seven that the app shows when room is short. */
export const iccid = (vendor, serial) => `8999${vendor}0000000${serial}`;
/** 32 digits, as an eUICC has. */
export const eid = (serial) => `8999${"0".repeat(21)}${serial}`;
export const imsi = (serial, home = "00101") => `${home}000${serial}`;
export const msisdn = (countryCode, serial) => `+${countryCode}00${serial}`;

/** 15 digits, the last by Luhn's rule. `serial` has seven digits. */
export function imei(serial) {
  const body = `0012340${serial}`;
  let sum = 0;
  for (let i = 0; i < 14; i += 1) {
    const doubled = Number(body[i]) * (i % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A SID of the Twilio and KORE tree: two letters and 32 hexadecimal digits, mostly zeros. */
export const sid = (prefix, tail) => prefix + tail.toLowerCase().padStart(32, "0");

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** A ULID: ten characters of epoch milliseconds, sixteen of the random stream. */
export function ulid(t, random) {
  let head = "";
  for (let rest = t, i = 0; i < 10; i += 1) {
    head = CROCKFORD[rest % 32] + head;
    rest = Math.floor(rest / 32);
  }
  return head + Array.from({ length: 16 }, () => CROCKFORD[random.whole(0, 31)]).join("");
}

/** A private address that stays with the name. */
export function address(name) {
  const random = seeded(`address of ${name}`);
  return `10.${random.whole(16, 250)}.${random.whole(0, 255)}.${random.whole(2, 253)}`;
}
