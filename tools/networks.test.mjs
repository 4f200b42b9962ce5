// The list of networks' names: what the odd rows of its source become.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mncsOf, nameOf, namesOf, networksFile } from "./networks.mjs";

const row = (mnc, brand, status = "Operational", more = {}) => ({
  ...{ mcc: "242", mnc, brand, operator: null, status, countryCode: "NO" },
  ...more,
});
const of = (...rows) => Object.fromEntries(namesOf(rows));

test("a network is called by its brand, else by its operator", () => {
  assert.equal(nameOf({ brand: "Telenor", operator: "Telenor Norge AS" }), "Telenor");
  assert.equal(
    nameOf({ brand: null, operator: "Bluewave Communications Ltd" }),
    "Bluewave Communications Ltd",
  );
  assert.equal(nameOf({ brand: "  ", operator: "ICE" }), "ICE");
  assert.equal(nameOf({ brand: null, operator: null }), null);
  assert.equal(nameOf({ brand: "x".repeat(81), operator: null }), null);
});

test("a name holds nothing that cannot be seen", () => {
  assert.equal(nameOf({ brand: "LICT  Corporation\n" }), "LICT Corporation");
  assert.equal(nameOf({ brand: "A\u00a0B\tC\u0007D" }), "A B C D");
  assert.equal(nameOf({ brand: "\u202eevil\u202c\ufeff\u00ad" }), "evil");
  assert.equal(nameOf({ brand: "e\u0301" }), "é");
});

test("the digits of an MNC stay, a range is all of it, and what is no MNC is left out", () => {
  assert.deepEqual(mncsOf({ mnc: "01" }), ["01"]);
  assert.deepEqual(mncsOf({ mnc: "001" }), ["001"]);
  assert.deepEqual(mncsOf({ mnc: "098 - 101" }), ["098", "099", "100", "101"]);
  assert.deepEqual(mncsOf({ mnc: "08-10" }), ["08", "09", "10"]);
  for (const mnc of ["?", "", "1", "50144", "08 - 101", "101 - 098"]) {
    assert.deepEqual(mncsOf({ mnc }), [], mnc);
  }
});

test("of several rows of a network the one in operation counts, of several such the first", () => {
  assert.deepEqual(
    of(row("01", "Old", "Not operational"), row("01", "Maybe", "Unknown"), row("01", "New")),
    {
      24201: "New",
    },
  );
  assert.deepEqual(of(row("01", "Old", "Not operational"), row("01", "Maybe", "Unknown")), {
    24201: "Maybe",
  });
  assert.deepEqual(of(row("01", "Planned", "Planned"), row("01", "Old", "Not operational")), {
    24201: "Planned",
  });
  assert.deepEqual(of(row("01", "First"), row("01", "Second")), { 24201: "First" });
  // A row without a name says nothing, whatever its state.
  assert.deepEqual(of(row("01", null), row("01", "Old", "Not operational")), { 24201: "Old" });
});

test("a network with a row of its own is none of a range", () => {
  assert.deepEqual(of(row("100 - 102", "Range"), row("101", "Own")), {
    242100: "Range",
    242101: "Own",
    242102: "Range",
  });
});

test("two and three digits are two networks, whatever the country", () => {
  const codes = of(
    row("001", "Three", "Operational", { countryCode: "GE-AB" }),
    row("01", "Two", "Operational", { countryCode: null }),
    row("01", "Sea", "Operational", { mcc: "901", countryCode: "AU/CC/CX" }),
    row("01", "None", "Operational", { mcc: "000" }),
    row("01", "None", "Operational", { mcc: null }),
  );
  assert.deepEqual(codes, { 24201: "Two", 90101: "Sea", 242001: "Three" });
});

test("the file names its source, and has each network once, in the order of the codes", () => {
  const lines = networksFile().split("\n");
  assert.match(
    lines.shift(),
    /^# Network names: Wikipedia, CC BY-SA 4\.0, by mcc-mnc-list \d+\.\d+\.\d+$/,
  );
  assert.equal(lines.pop(), "");
  assert.ok(lines.length > 3000, String(lines.length));
  for (const line of lines)
    assert.match(line, /^\d{5,6} [^\p{Cc}\s](?:[^\p{C}\p{Zl}\p{Zp}]*[^\s])?$/u);
  const codes = lines.map((line) => line.slice(0, line.indexOf(" ")));
  assert.equal(new Set(codes).size, codes.length);
  const key = (code) => code.slice(0, 3) + code.length + code.slice(3);
  assert.deepEqual(codes.map(key), codes.map(key).sort());
  const names = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
  assert.equal(names.get("24201"), "Telenor");
  assert.equal(
    names.get("27077"),
    "Tango",
    "the one in operation, not the Belgian one of unknown state",
  );
  assert.equal(names.get("310410"), "AT&T");
  assert.equal(names.get("314150"), "Reserved for Public Safety", "out of a range");
  assert.equal(names.get("20850144"), undefined);
});
