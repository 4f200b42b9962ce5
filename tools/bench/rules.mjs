// How well the rules of findings do on made-up fleets with planted truth: tests/findings, in a release build.
import { run, ToolError } from "../run.mjs";

/** The figures of one kind of fleet, as the suite prints them: a row for each rule. */
export function rulesIn(output) {
  const rows = output.matchAll(/^(\w+) +(\d+) +([\d.]+) +(\d+) +([\d.]+) +([\d.]+)$/gm);
  return [...rows].map(([, rule, planted, recall, findings, precision, alarms]) => ({
    rule,
    planted: Number(planted),
    recall: Number(recall),
    findings: Number(findings),
    precision: Number(precision),
    false_alarms: Number(alarms),
  }));
}

async function printed(test, seeds) {
  const output = await run(
    "cargo",
    ["test", "--quiet", "--release", "--test", "findings", test, "--", "--nocapture"],
    { env: { SEEDS: seeds.join(",") }, capture: true, show: false },
  );
  const rows = rulesIn(output);
  if (rows.length === 0) throw new ToolError("tests/findings printed no figures.");
  return rows;
}

/** The rules on fleets with plants, and on clean ones; neither are those that the rules were tuned on. */
export async function measureRules({ planted, clean }) {
  return {
    planted: await printed("planted", planted),
    clean: await printed("clean", clean),
    seeds: { planted, clean },
  };
}
