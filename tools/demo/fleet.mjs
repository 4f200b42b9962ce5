// All answers of the demo fleet as files, and the manifest that lists them.

import { answerText } from "./json.mjs";
import { koreAnswers } from "./kore.mjs";
import { monogotoAnswers } from "./monogoto.mjs";
import { soracomGlobal } from "./soracom-global.mjs";
import { soracomJapan } from "./soracom-japan.mjs";
import { FROM, NOW, SEEN, iso } from "./time.mjs";
import { twilioAnswers } from "./twilio.mjs";
import { wayscloudAnswers } from "./wayscloud.mjs";

const VENDORS = [
  ["soracom", soracomJapan],
  ["soracom", soracomGlobal],
  ["kore", koreAnswers],
  ["twilio", twilioAnswers],
  ["monogoto", monogotoAnswers],
  ["wayscloud", wayscloudAnswers],
];

const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** The key by which the vendor itself names the SIM: simId, sid, ThingId or ICCID. */
const simKey = (sim) => sim.simId ?? sim.sid ?? sim.key;

/** Every file of the fleet: path below www/demo -> text. The manifest is `index.json`. */
export function fleetFiles() {
  const answers = VENDORS.flatMap(([provider, read]) =>
    read().map((answer) => ({ provider, ...answer })),
  );
  // The answers were read one after the other in the last three minutes before NOW.
  const pace = Math.floor((NOW - SEEN) / (answers.length + 1));
  const files = new Map();
  const entries = answers.map(({ provider, source, label, answer, sim, file, body }, i) => {
    const path = `${provider}/${sim === undefined ? file : `${slug(sim.name)}-${file}`}.json`;
    if (files.has(path)) throw new Error(`two answers would be written to ${path}`);
    files.set(path, answerText(body));
    return {
      provider,
      source,
      label,
      answer,
      file: path,
      ...(sim === undefined ? {} : { sim: simKey(sim) }),
      observed: iso(SEEN + (i + 1) * pace),
    };
  });
  files.set(
    "index.json",
    answerText({ now: iso(NOW), from: iso(FROM), to: iso(NOW), answers: entries }),
  );
  return files;
}
