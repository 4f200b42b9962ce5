// Hands on the timeline: what is held stays where it is held, to the pixel; snapping and measuring are exact.
import { violations } from "./axe.ts";
import { expect, test } from "./guard.ts";
import { Hands } from "./hands.ts";
import { recorded, Scope } from "./scope.ts";
import type { Page } from "./guard.ts";

async function demo(page: Page): Promise<Hands> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  return new Hands(scope);
}

/** One SIM of a vendor that tells of seconds. */
async function one(page: Page): Promise<Hands> {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  return new Hands(scope);
}

test.describe("zoom", () => {
  test("the instant below the pointer stays below it, however often it is zoomed", async ({
    page,
  }) => {
    const hands = await demo(page);
    const x = 333.5;
    const held = await hands.time({ x, y: 90 });
    await page.keyboard.down("Control");
    // Fractions, as trackpads send them, and notches; down to 100 ms and up to 40 years, and back.
    for (const dy of [-33.3, -100, -0.5, 7.25, ...Array<number>(60).fill(-120)]) {
      await page.mouse.wheel(0, dy);
    }
    await expect.poll(() => hands.time()).toBe(held);
    await page.mouse.wheel(0, -0.4);
    for (let n = 0; n < 45; n += 1) await page.mouse.wheel(0, 97.3);
    for (let n = 0; n < 12; n += 1) await page.mouse.wheel(0, -61.7);
    await page.keyboard.up("Control");
    await hands.rest();
    const now = await hands.time({ x, y: 90 });
    expect(Math.abs(now - held)).toBeLessThanOrEqual(await hands.scale());
  });

  test("keys zoom about the pointer over the timeline, else about the middle", async ({ page }) => {
    const hands = await demo(page);
    await hands.scope.focus();
    const place = { x: 180, y: 90 };
    const held = await hands.time(place);
    for (let n = 0; n < 5; n += 1) await page.keyboard.press("w");
    await expect.poll(async () => Math.abs((await hands.time()) - held)).toBeLessThan(2);
    for (let n = 0; n < 9; n += 1) await page.keyboard.press("s");
    await hands.rest();
    expect(Math.abs((await hands.time(place)) - held)).toBeLessThanOrEqual(await hands.scale());

    const { width } = await hands.box();
    const middle = await hands.time({ x: width / 2, y: 90 });
    await page.mouse.move(5, 5);
    await page.keyboard.press("w");
    await hands.rest();
    const after = await hands.time({ x: width / 2, y: 90 });
    expect(Math.abs(after - middle)).toBeLessThanOrEqual(await hands.scale());
  });

  test("a plain wheel scrolls the lanes, sideways and with Shift it moves in time", async ({
    page,
  }) => {
    const hands = await demo(page);
    const list = hands.scope.element.locator(".lanes-scroll");
    const top = () => list.evaluate((list) => list.scrollTop);
    const before = await hands.time({ x: 300, y: 90 });
    const scale = await hands.scale();
    await hands.point({ x: 300, y: 90 });
    await page.mouse.wheel(0, 120);
    await expect.poll(top).toBeGreaterThan(50);
    expect(await hands.time()).toBe(before);
    const scrolled = await top();
    await page.mouse.wheel(80, 0);
    await expect.poll(async () => (await hands.time()) - before).toBeCloseTo(80 * scale, -1);
    expect(await top()).toBe(scrolled);
    await page.keyboard.down("Shift");
    await page.mouse.wheel(0, -80);
    await page.keyboard.up("Shift");
    await expect.poll(async () => Math.abs((await hands.time()) - before)).toBeLessThan(5);
  });

  test("Shift and drag holds the instant below the pointer", async ({ page }) => {
    const hands = await demo(page);
    const held = await hands.time({ x: 420, y: 90 });
    await page.keyboard.down("Shift");
    await page.mouse.down();
    await hands.point({ x: 133, y: 120 }, 9);
    await expect.poll(() => hands.time()).toBe(held);
    await page.mouse.up();
    await page.keyboard.up("Shift");
    expect(await hands.time()).toBe(held);
  });
});

test.describe("a span", () => {
  test("shows its length, goes on beyond the edge, and its edges can be moved", async ({
    page,
  }) => {
    const hands = await demo(page);
    await hands.listen();
    const { width } = await hands.box();
    const [start, scale] = [await hands.time({ x: 600, y: 100 }), await hands.scale()];
    await hands.point({ x: 600, y: 100 });
    await page.keyboard.down("Alt");
    await page.mouse.down();
    await hands.point({ x: 700, y: 100 }, 4);
    const length = hands.scope.element.locator(".span-length");
    await expect(length).toBeVisible();
    expect(await length.innerText()).toMatch(/^\d+ h( \d+ min)?/);
    // The inspector lies there; the time moves on below the pointer that is held.
    const before = await hands.scope.window();
    await hands.point({ x: width + 60, y: 100 }, 4);
    await expect.poll(async () => (await hands.scope.window()).left).toBeGreaterThan(before.left);
    await page.mouse.up();
    await page.keyboard.up("Alt");
    await hands.rest();
    await expect(length).toHaveCount(0);
    const chosen = await hands.chosen();
    expect(Math.abs((chosen.from ?? 0) - start)).toBeLessThanOrEqual(scale);
    expect((chosen.to ?? 0) - start).toBeGreaterThan((width - 600) * scale);

    // Its left edge, moved twenty pixels further left: first of all back into view.
    await hands.point({ x: 400, y: 90 });
    const away = ((chosen.from ?? 0) - (await hands.time({ x: 300, y: 90 }))) / scale;
    await page.keyboard.down("Shift");
    await page.mouse.wheel(0, Math.round(away));
    await page.keyboard.up("Shift");
    await hands.rest();
    await page.mouse.move(5, 5);
    const left = Math.round(((chosen.from ?? 0) - (await hands.time({ x: 0, y: 90 }))) / scale);
    await hands.point({ x: left, y: 90 });
    await expect(hands.scope.canvas).toHaveCSS("cursor", "ew-resize");
    await page.keyboard.down("Alt");
    await hands.drag({ x: left, y: 90 }, { x: left - 20, y: 90 });
    await page.keyboard.up("Alt");
    const moved = await hands.chosen();
    expect(moved.to).toBe(chosen.to);
    expect(((chosen.from ?? 0) - (moved.from ?? 0)) / scale).toBeCloseTo(20, 0);
    await hands.point({ x: left + 100, y: 90 });
    await expect(hands.scope.canvas).not.toHaveCSS("cursor", "ew-resize");
  });

  test("Escape gives a drag up: what was chosen before is chosen again", async ({ page }) => {
    const hands = await demo(page);
    await hands.listen();
    await hands.drag({ x: 200, y: 100 }, { x: 300, y: 100 });
    const first = await hands.chosen();
    expect(first.from).not.toBeNull();
    await hands.point({ x: 500, y: 100 });
    await page.mouse.down();
    await hands.point({ x: 600, y: 100 }, 4);
    expect(await hands.chosen()).not.toEqual(first);
    await hands.scope.focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => hands.chosen()).toEqual(first);
    await hands.point({ x: 650, y: 100 }, 4);
    await page.mouse.up();
    expect(await hands.chosen()).toEqual(first);
  });

  test("its edges snap to sessions, exactly, unless Alt is held", async ({ page }) => {
    const hands = await one(page);
    await hands.listen();
    // Two sessions of the record: the end of one and the start of the next.
    const end = Date.parse("2026-10-28T18:17:32Z");
    const start = Date.parse("2026-10-29T04:37:35Z");
    const origin = await hands.time({ x: 0, y: 40 });
    const scale = await hands.scale();
    const y = await laneMiddle(hands);
    const x = (ms: number) => (ms - origin) / scale;
    expect(scale, "a pixel is minutes").toBeGreaterThan(60_000);
    await hands.point({ x: x(end) + 4, y });
    await page.mouse.down();
    await hands.point({ x: x(start) - 5, y }, 5);
    await expect(hands.scope.element.locator(".cue")).toBeVisible();
    await expect(hands.scope.element.locator(".span-length")).toHaveText("10 h 20 min 3 s");
    await page.mouse.up();
    await expect.poll(async () => (await hands.chosen()).from).toBe(end);
    await expect.poll(async () => (await hands.chosen()).to).toBe(start);
    await expect(hands.scope.element.locator(".cue")).toHaveCount(0);

    await hands.scope.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.down("Alt");
    await hands.drag({ x: x(end) + 4, y }, { x: x(start) - 5, y });
    await page.keyboard.up("Alt");
    const free = await hands.chosen();
    expect(free.from).not.toBe(end);
    expect(((free.from ?? 0) - end) / scale).toBeCloseTo(4, 0);
  });
});

/** The middle of the first SIM's row on the canvas. */
async function laneMiddle(hands: Hands): Promise<number> {
  const [label, box] = [await hands.scope.laneLabels.first().boundingBox(), await hands.box()];
  if (!label) throw new Error("no lane is shown");
  return label.y + label.height / 2 - box.y;
}

test.describe("measuring", () => {
  test("two clicks tell the time between two sessions to the millisecond", async ({ page }) => {
    const hands = await one(page);
    await hands.scope.focus();
    const end = Date.parse("2026-10-27T18:21:01Z");
    const start = Date.parse("2026-10-28T04:54:35Z");
    const origin = await hands.time({ x: 0, y: 40 });
    const scale = await hands.scale();
    const y = await laneMiddle(hands);
    await page.keyboard.press("m");
    await expect(hands.scope.element.locator(".measure-hint")).toContainText("first point");
    await hands.point({ x: (end - origin) / scale - 3, y });
    await expect(hands.scope.element.locator(".cue")).toBeVisible();
    await expect(hands.scope.canvas).toHaveCSS("cursor", "crosshair");
    await page.mouse.down();
    await page.mouse.up();
    await expect(hands.scope.element.locator(".measure-hint")).toContainText("second point");
    await hands.point({ x: (start - origin) / scale + 3, y }, 3);
    await page.mouse.down();
    await page.mouse.up();
    const length = hands.scope.element.locator(".measure-length");
    await expect(length).toHaveText("10 h 33 min 34 s · 10:33:34.000");
    await expect(hands.scope.element.locator(".timeline [role=status]")).toHaveText(
      "Measured: 10 h 33 min 34 s",
    );
    // It stays while the time moves; nothing was chosen by it.
    await page.keyboard.press("w");
    await expect(length).toHaveText("10 h 33 min 34 s · 10:33:34.000");
    await expect(
      hands.scope.inspector.getByRole("heading", { name: "Details", exact: true }),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(length).toHaveCount(0);
    await expect(hands.scope.canvas).not.toHaveCSS("cursor", "crosshair");
  });

  test("a drag measures as well", async ({ page }) => {
    const hands = await demo(page);
    await hands.scope.focus();
    await page.keyboard.press("m");
    const scale = await hands.scale();
    await page.keyboard.down("Alt");
    await hands.drag({ x: 200, y: 60 }, { x: 300, y: 60 });
    await page.keyboard.up("Alt");
    const text = await hands.scope.element.locator(".measure-length").innerText();
    const [h = 0, min = 0, s = 0] = (text.split(" · ")[1] ?? "").split(":").map(Number);
    expect(((h * 60 + min) * 60 + s) * 1000).toBeCloseTo(100 * scale, -3);
  });
});

test("the pointer's instant stands in the axis, in the zone that is shown", async ({ page }) => {
  const hands = await demo(page);
  const at = await hands.time({ x: 250, y: 100 });
  const shown = hands.scope.element.locator(".pointer-time");
  const text = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  await expect(shown).toHaveText(text);
  await expect(shown).toHaveAttribute("title", "The time below the pointer, in UTC");
  const [line, box] = [
    await hands.scope.element.locator(".crosshair").boundingBox(),
    await hands.box(),
  ];
  expect((line?.x ?? 0) + (line?.width ?? 0) / 2 - box.x).toBeCloseTo(250, 0);
  await hands.scope.element.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await hands.point({ x: 250, y: 101 });
  const tokyo = new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  await expect(shown).toHaveText(tokyo);
  await expect(shown).toHaveAttribute("title", /Asia\/Tokyo/);
  await page.mouse.move(5, 5);
  await expect(shown).toHaveCount(0);
  await expect(hands.scope.element.locator(".crosshair")).toHaveCount(0);
});

test.describe("touch", () => {
  test.use({ hasTouch: true });

  test("a pinch keeps both instants under their fingers", async ({ page }) => {
    const hands = await demo(page);
    const places = [
      { x: 300, y: 120 },
      { x: 420, y: 180 },
    ];
    const held = [];
    for (const place of places) held.push(await hands.time(place));
    await page.mouse.move(5, 5);
    const to = [
      { x: 150, y: 150 },
      { x: 610, y: 140 },
    ];
    await hands.touch("touchStart", places);
    await hands.slide(places, to);
    await hands.touch("touchEnd", []);
    await hands.rest();
    const scale = await hands.scale();
    for (const [at, place] of to.entries()) {
      expect(Math.abs((await hands.time(place)) - (held[at] ?? 0))).toBeLessThanOrEqual(scale);
    }
  });

  test("two fingers that move up and down, or lie above each other, do not zoom", async ({
    page,
  }) => {
    const hands = await demo(page);
    const scale = await hands.scale();
    await page.mouse.move(5, 5);
    const places = [
      { x: 300, y: 60 },
      { x: 306, y: 200 },
    ];
    const to = [
      { x: 302, y: 20 },
      { x: 303, y: 240 },
    ];
    await hands.touch("touchStart", places);
    await hands.slide(places, to);
    await hands.touch("touchEnd", []);
    await hands.rest();
    expect(await hands.scale()).toBeCloseTo(scale, 1);
  });

  test("one finger moves in time sideways, and scrolls the lanes up and down", async ({ page }) => {
    const hands = await demo(page);
    const top = () =>
      hands.scope.element.locator(".lanes-scroll").evaluate((list) => list.scrollTop);
    const held = await hands.time({ x: 400, y: 150 });
    await page.mouse.move(5, 5);
    await hands.touch("touchStart", [{ x: 400, y: 150 }]);
    await hands.slide([{ x: 400, y: 150 }], [{ x: 250, y: 156 }]);
    await hands.touch("touchEnd", []);
    await hands.rest();
    expect(Math.abs((await hands.time({ x: 250, y: 150 })) - held)).toBeLessThanOrEqual(
      await hands.scale(),
    );
    expect(await top()).toBe(0);

    const before = await hands.scope.window();
    await page.mouse.move(5, 5);
    await hands.touch("touchStart", [{ x: 400, y: 220 }]);
    await hands.slide([{ x: 400, y: 220 }], [{ x: 408, y: 60 }]);
    await hands.touch("touchEnd", []);
    await expect.poll(top).toBeGreaterThan(80);
    expect(await hands.scope.window()).toEqual(before);
    // Neither chose anything.
    await expect(hands.scope.element.locator(".lane-label.chosen")).toHaveCount(0);
  });

  test("a tap chooses, a long press begins a span", async ({ page }) => {
    const hands = await demo(page);
    await hands.listen();
    await hands.tap({ x: 400, y: 70 });
    await expect(hands.scope.element.locator(".lane-label.chosen")).toHaveCount(1);

    await hands.touch("touchStart", [{ x: 400, y: 150 }]);
    await page.waitForTimeout(600);
    await hands.slide([{ x: 400, y: 150 }], [{ x: 520, y: 190 }]);
    await hands.touch("touchEnd", []);
    const { from, to } = await hands.chosen();
    const scale = await hands.scale();
    expect(((to ?? 0) - (from ?? 0)) / scale).toBeGreaterThan(105);
    expect(((to ?? 0) - (from ?? 0)) / scale).toBeLessThan(135);
  });
});

test.describe("ranges", () => {
  test("back and forward lead over the ranges that were rested on", async ({ page }) => {
    const hands = await demo(page);
    const { scope } = hands;
    await scope.focus();
    const backward = scope.element.getByRole("button", { name: "Back to the range before" });
    const forward = scope.element.getByRole("button", { name: "Forward to the range after" });
    await expect(backward).toBeDisabled();
    await expect(forward).toBeDisabled();
    const ranges = [await scope.window()];
    await page.keyboard.press("w");
    await page.waitForTimeout(800);
    ranges.push(await scope.window());
    // One way, without a rest: one range.
    for (let n = 0; n < 4; n += 1) await page.keyboard.press("d");
    await page.waitForTimeout(800);
    ranges.push(await scope.window());
    // Shown at once, without a rest before or after.
    await page.keyboard.press("0");
    const fitted = await scope.window();
    await page.keyboard.press("[");
    await expect.poll(() => scope.window()).toEqual(ranges[2]);
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(() => scope.window()).toEqual(ranges[1]);
    await backward.click();
    await expect.poll(() => scope.window()).toEqual(ranges[0]);
    await expect(backward).toBeDisabled();
    await forward.click();
    await expect.poll(() => scope.window()).toEqual(ranges[1]);
    await scope.focus();
    await page.keyboard.press("Alt+ArrowRight");
    await page.keyboard.press("]");
    await expect.poll(() => scope.window()).toEqual(fitted);
    await expect(forward).toBeDisabled();
    // A preset is a range like any other, and a new one cuts off what lay ahead.
    await page.keyboard.press("[");
    await scope.element.getByLabel("Range", { exact: true }).selectOption("1");
    await page.waitForTimeout(800);
    await expect(forward).toBeDisabled();
    await backward.click();
    await expect.poll(() => scope.window()).toEqual(ranges[2]);
  });
});

test.describe("go to a time", () => {
  test("keeps the zoom, brings the instant to the middle and marks it", async ({ page }) => {
    const hands = await demo(page);
    const { scope } = hands;
    const scale = await hands.scale();
    await scope.focus();
    await page.keyboard.press("g");
    const field = scope.dialog.getByRole("textbox");
    await expect(field).toBeFocused();
    await expect(scope.dialog).toContainText("Without a zone it is meant in UTC");
    await field.fill("2026-10-20 03:10");
    await expect(scope.dialog.locator(".meanings")).toContainText("2026-10-20 03:10:00.000");
    await page.keyboard.press("Enter");
    await expect(scope.dialog).toHaveCount(0);
    const { width } = await hands.box();
    await hands.rest();
    const middle = await hands.time({ x: width / 2, y: 90 });
    expect(Math.abs(middle - Date.parse("2026-10-20T03:10Z"))).toBeLessThanOrEqual(scale);
    expect(await hands.scale()).toBeCloseTo(scale, 3);
    const mark = scope.element.locator(".moment");
    await expect(mark).toBeVisible();
    await expect(scope.element.locator(".moment-flag")).toHaveText("2026-10-20 03:10:00.000");
    // A closer look keeps it; Escape and a click take it away.
    await page.keyboard.press("w");
    await expect(mark).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(mark).toHaveCount(0);
    // And the way back is there at once.
    await page.keyboard.press("[");
    await page.keyboard.press("[");
    await hands.rest();
  });

  test("shows what it understood, in the zone and in UTC, and says what is wrong", async ({
    page,
  }) => {
    const hands = await demo(page);
    const { scope } = hands;
    await scope.element.getByLabel("Time zone").selectOption("Europe/Oslo");
    await scope.element.locator(".range .edges").click();
    const field = scope.dialog.getByRole("textbox");
    const meaning = scope.dialog.locator(".meanings dd");
    const go = scope.dialog.getByRole("button", { name: "Go", exact: true });
    await expect(go).toBeDisabled();
    for (const [text, local, utc] of [
      ["2026-10-14T03:10Z", "2026-10-14 05:10:00.000", "2026-10-14 03:10:00.000"],
      ["2026-10-14 03:10", "2026-10-14 03:10:00.000", "2026-10-14 01:10:00.000"],
      ["14 Oct 03:10", "2026-10-14 03:10:00.000", "2026-10-14 01:10:00.000"],
      ["14 Oct 2026 3:10pm Asia/Tokyo", "2026-10-14 08:10:00.000", "2026-10-14 06:10:00.000"],
      ["1760411400", "2025-10-14 05:10:00.000", "2025-10-14 03:10:00.000"],
      ["1760411400123", "2025-10-14 05:10:00.123", "2025-10-14 03:10:00.123"],
    ] as const) {
      await field.fill(text);
      await expect(meaning, text).toHaveText([local, utc]);
      await expect(go).toBeEnabled();
    }
    for (const text of [
      "yesterday 03:10",
      "today",
      "now",
      "-2h",
      "3 days ago",
      "03:10",
      "Friday",
    ]) {
      await field.fill(text);
      await expect(meaning, text).toHaveCount(2);
    }
    await field.fill("2026-10-01/2026-10-03");
    await expect(meaning).toHaveText([
      "2026-10-01 00:00:00.000 – 2026-10-04 00:00:00.000",
      "2026-09-30 22:00:00.000 – 2026-10-03 22:00:00.000",
      "3 d",
    ]);
    await field.fill("2026-10-25 02:30");
    await expect(scope.dialog.locator(".remark")).toContainText("exists twice");
    await field.fill("2026-03-29 02:30");
    await expect(scope.dialog.locator(".remark").first()).toContainText("does not exist");
    await expect(scope.dialog.locator(".remark").last()).toContainText("Nothing that is loaded");
    for (const [text, message] of [
      ["soon", "“soon” is not understood"],
      ["31 Nov", "There is no such day"],
      ["14 Oct .. 13 Oct", "does not lie after"],
    ] as const) {
      await field.fill(text);
      await expect(scope.dialog.locator(".wrong")).toContainText(message);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(go).toBeDisabled();
      await page.keyboard.press("Enter");
      await expect(scope.dialog).toBeVisible();
    }
    await field.fill("14 Oct 03:00 .. 05:00");
    await go.click();
    await hands.rest();
    const { width } = await hands.box();
    const scale = await hands.scale();
    expect(scale * width).toBeCloseTo(2 * 3_600_000, -3);
    expect(await hands.time({ x: 0, y: 90 })).toBe(Date.parse("2026-10-14T01:00Z"));
  });
});

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("axe finds nothing in the palette, the key sheet and going to a time", async ({
      page,
    }) => {
      const hands = await demo(page);
      await hands.scope.focus();
      for (const key of ["Control+k", "?", "g"]) {
        await page.keyboard.press(key);
        await expect(hands.scope.dialog).toBeVisible();
        expect(await violations(page, "dialog"), key).toEqual([]);
        if (key === "g") {
          for (const text of ["2026-10-25 02:30", "soon"]) {
            await hands.scope.dialog.getByRole("textbox").fill(text);
            expect(await violations(page, "dialog"), text).toEqual([]);
          }
        }
        await page.keyboard.press("Escape");
        await expect(hands.scope.dialog).toHaveCount(0);
      }
    });
  });
}

test("nothing moves by itself where less motion is wanted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const hands = await demo(page);
  const moving = () =>
    hands.scope.element.locator(".app").evaluate((app) => {
      const all = [app, ...app.querySelectorAll("*")];
      return all.filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return (
          transitionDuration.split(", ").some((time) => parseFloat(time) > 0) ||
          animationName !== "none" ||
          scrollBehavior === "smooth"
        );
      }).length;
    });
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await moving(), "otherwise the folds turn").toBeGreaterThan(0);
});
