// What TypeScript knows of an element, its events and the model.
import { normalize, setAssetBase, SimScopeError, type Session, type Source } from "simscope";

setAssetBase("/simscope/");

const scope = document.querySelector("sim-scope");
if (!scope) throw new Error("the page has no <sim-scope>");

const source: Source = {
  provider: "kore",
  credentials: { client_id: "…", client_secret: "…" },
  days: 30,
};
scope.sources = [source];
scope.view = "timeline";
scope.range = { from: new Date(Date.now() - 86_400_000), to: Date.now() };

scope.addEventListener("simscope-select", ({ detail }) => {
  const { sim, session } = detail;
  console.log(sim?.iccid, session?.start, session?.bytes_total);
});

const place = ({ lat, lon, accuracy_m }: Session) =>
  lat === null || lon === null ? "unknown" : `${lat} ${lon} ±${accuracy_m ?? "?"} m`;

try {
  const { warnings } = await scope.load(await fetch("/answers/sim.json"), { provider: "twilio" });
  for (const { code, message } of warnings) console.warn(code, message);
  const open = (await scope.sessions()).filter(({ end_kind }) => end_kind === "open");
  console.log(open.map(place));
} catch (error) {
  if (error instanceof SimScopeError) console.error(error.code, error.loaded?.sessions);
}

const { sessions } = await normalize('{"data_sessions": []}', { provider: "kore" });
console.log(sessions.length);
