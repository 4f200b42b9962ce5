// Frames of the built page's own map while hands pan and zoom it: empty, and full of cells. In an interval between two
// animation frames is all that a frame costs, the drawing of it, too.
import { hashedName } from "../layout.mjs";
import { served } from "./browser.mjs";

/** The frames of a map of its own that shows so many places; takes it down again. Runs inside the page. */
async function timed({ script, count, frames }) {
  const { createMap } = await import(new URL(script, location.href).href);
  const container = document.createElement("div");
  Object.assign(container.style, { position: "fixed", inset: "0", zIndex: "9" });
  document.body.append(container);
  const grey = Object.fromEntries(
    ["land", "sea", "border", "text", "dim", "accent", "tint", "bad"].map((name, at) => [
      name,
      `#${String(at + 2).repeat(6)}`,
    ]),
  );
  const palette = ["#2f7fd1", "#e08a00", "#2a9d5c", "#c4407a", "#7a5cd6", "#8a6d3b", "#00899b"];
  const view = await createMap(container, { locale: "en", theme: { ...grey, palette } });
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const places = Array.from({ length: count }, (_, id) => ({
    id,
    lat: random() * 140 - 65,
    lon: random() * 360 - 180,
    accuracy_m: id % 5 ? 200 + random() * 5000 : null,
    kind: "tower",
    sims: 1,
    sessions: 1 + (id % 9),
    sim: id % 1000,
    session: id,
    colour: id % palette.length,
    at_ms: 0,
    in_span: id % 4 > 0,
    title: "Example Norway",
    detail: "",
  }));
  const begun = performance.now();
  view.setData({ places, countries: [], track: null, off_map: 0 });
  const pane = container.querySelector(".simscope-map-pane");
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (;;) {
    await next();
    if (pane.getAttribute("aria-busy") === "false") break;
  }
  const shown_ms = performance.now() - begun;
  const canvas = container.querySelector("canvas");
  const { width, height } = canvas.getBoundingClientRect();
  const send = (type, x, more = {}) => {
    const Kind = type === "wheel" ? WheelEvent : MouseEvent;
    const at = { clientX: x, clientY: height / 2, bubbles: true, cancelable: true, view: window };
    canvas.dispatchEvent(new Kind(type, { ...at, button: 0, ...more }));
  };
  const intervals = async (move) => {
    const times = [];
    let before = await next();
    for (let frame = -8; frame < frames; frame += 1) {
      move(frame + 8);
      const now = await next();
      if (frame >= 0) times.push(now - before);
      before = now;
    }
    return times;
  };
  // There and back, so that the view stays on the Earth.
  const sway = (frame) => width / 2 + (frame % 32 < 16 ? 1 : -1) * (8 - (frame % 16)) * 9;
  send("mousedown", sway(0), { buttons: 1 });
  const pan = await intervals((frame) => send("mousemove", sway(frame), { buttons: 1 }));
  send("mouseup", width / 2);
  const zoom = await intervals((frame) =>
    send("wheel", width / 2, { deltaY: frame % 24 < 12 ? -60 : 60 }),
  );
  view.destroy();
  container.remove();
  return { shown_ms, pan, zoom };
}

/** The frames of an empty map and of one with so many places, in turn. */
export async function measureMap(browser, { dist, places, frames, rounds }) {
  const script = `${hashedName(dist)}/map.js`;
  return served(dist, async (url) => {
    const all = { empty: [], full: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, count] of [
        ["empty", 0],
        ["full", places],
      ]) {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        try {
          await page.goto(url);
          await page.waitForTimeout(1000);
          all[name].push(await page.evaluate(timed, { script, count, frames }));
        } finally {
          await page.close();
        }
      }
    }
    return { places, ...all };
  });
}
