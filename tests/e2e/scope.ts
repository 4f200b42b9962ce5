// <sim-scope> as a visitor meets it: what the suites share of getting data in and reading what is shown.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { JSHandle, Locator, Worker } from "@playwright/test";
import { expect, type Page } from "./guard.ts";

const demo = path.join(import.meta.dirname, "../../www/demo");

/** A file as it is handed to the page. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** One of the demo fleet's recorded answers. */
export const recorded = (file: string): Upload => upload(path.basename(file), readDemo(file));

export const readDemo = (file: string): string => readFileSync(path.join(demo, file), "utf8");

export function upload(name: string, content: string | Buffer): Upload {
  return { name, mimeType: "application/json", buffer: Buffer.from(content) };
}

/** What the demo's index says of each answer. */
export interface DemoAnswer {
  provider: string;
  source: string;
  label: string;
  answer: string;
  file: string;
  sim?: string;
  observed: string;
}

export function demoAnswers(): DemoAnswer[] {
  return (JSON.parse(readDemo("index.json")) as { answers: DemoAnswer[] }).answers;
}

/** The engines that run on a page: one worker each. The map's library has workers of its own, which are not counted. */
export const engines = (page: Page): Worker[] =>
  page.workers().filter((worker) => worker.url().endsWith("/worker.js"));

/** The element of a page, and what lies in it. */
export class Scope {
  readonly page: Page;
  readonly element: Locator;

  constructor(page: Page, index = 0) {
    this.page = page;
    this.element = page.locator("sim-scope").nth(index);
  }

  static async open(page: Page): Promise<Scope> {
    await page.goto("./");
    const scope = new Scope(page);
    await expect(scope.element.getByRole("heading", { level: 1 })).toBeVisible();
    return scope;
  }

  get canvas(): Locator {
    return this.element.locator("canvas.bars");
  }

  get inspector(): Locator {
    return this.element.getByRole("region", { name: "Inspector" });
  }

  get chips(): Locator {
    return this.element.locator(".sources .chip:not(.reading)");
  }

  get messages(): Locator {
    return this.element.locator(".messages .message");
  }

  get dialog(): Locator {
    return this.element.locator("dialog[open]");
  }

  /** The filter line. */
  get filter(): Locator {
    return this.element.getByRole("combobox", { name: "Filter", exact: true });
  }

  get laneLabels(): Locator {
    return this.element.locator(".lane-label");
  }

  /** Loads the demo fleet and waits until it is all there. */
  async openDemo(): Promise<void> {
    await this.element.getByRole("button", { name: "Open the demo fleet" }).click();
    await expect(this.chips).toHaveCount(6);
    await this.settled();
  }

  /** Chooses files by the button that asks for them. */
  async choose(...files: Upload[]): Promise<void> {
    await this.element.locator('input[type="file"]').first().setInputFiles(files);
  }

  /** Chooses files and waits until they are read. */
  async load(...files: Upload[]): Promise<void> {
    await this.choose(...files);
    await expect(this.chips).not.toHaveCount(0);
    await this.settled();
  }

  /** Drops files, as the browser does when they are let go over the element. */
  async drop(...files: Upload[]): Promise<void> {
    const transfer = await this.#transfer(files);
    const target = this.element.locator(".app");
    for (const type of ["dragenter", "dragover", "drop"]) {
      await target.dispatchEvent(type, { dataTransfer: transfer });
    }
    await transfer.dispose();
  }

  /** Pastes text with the focus on the element. */
  async paste(text: string): Promise<void> {
    await this.element.locator(".app").evaluate((app, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      app.dispatchEvent(
        new ClipboardEvent("paste", {
          clipboardData,
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );
    }, text);
  }

  /** Waits until nothing is being read and the figures rest. */
  async settled(): Promise<void> {
    await expect(this.element.locator(".chip.reading")).toHaveCount(0);
    let last = "";
    await expect
      .poll(
        async () => {
          const now = await this.element
            .locator(".bar .sources, .totals, .tables .tabs")
            .allInnerTexts();
          const text = now.join("\n");
          const same = text === last;
          last = text;
          return same && text !== "";
        },
        { intervals: [150] },
      )
      .toBe(true);
  }

  /** What the totals strip says. */
  async totals(): Promise<{ sims: number; sessions: number; open: number; silent: number }> {
    const text = await this.element.locator(".totals").innerText();
    const numbers = [...text.replaceAll(",", "").replace("24 h", "").matchAll(/\d+/g)].map(Number);
    const [sims = NaN, sessions = NaN, open = NaN, silent = NaN] = numbers;
    return { sims, sessions, open, silent };
  }

  tab(name: "SIMs" | "Sessions" | "Events" | "Usage"): Locator {
    const tables = this.element.getByRole("tablist", { name: "Tables" });
    return tables.getByRole("tab", { name: new RegExp(`^${name} `) });
  }

  /** How many rows a tab says it has. */
  async count(name: "SIMs" | "Sessions" | "Events" | "Usage"): Promise<number> {
    return Number((await this.tab(name).locator(".dim").innerText()).replaceAll(",", ""));
  }

  /** Opens a tab and resolves to its table. */
  async table(name: "SIMs" | "Sessions" | "Events" | "Usage"): Promise<Locator> {
    await this.tab(name).click();
    const table = this.element.getByRole("grid", { name, exact: true });
    await expect(table).toBeVisible();
    return table;
  }

  /** Rows of the open table that are drawn. */
  get rows(): Locator {
    return this.element.locator(".table-scroll tbody tr[aria-rowindex]");
  }

  /** Gives the keys to the timeline. */
  async focus(): Promise<void> {
    await this.element.locator(".lanes-scroll").focus();
  }

  /** The edges of what is in view, as the bar says them. */
  edges(): Promise<string> {
    return this.element.locator(".range .edges").innerText();
  }

  /** Where the window lies in the overview, and how wide it is, in percent. */
  window(): Promise<{ left: number; width: number }> {
    return this.element.locator(".strip .window").evaluate((frame) => {
      const { left, width } = (frame as HTMLElement).style;
      return { left: parseFloat(left), width: parseFloat(width) };
    });
  }

  /** A number that differs when the canvas shows something else. */
  picture(): Promise<number> {
    return this.canvas.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext("2d");
      const pixels = new Uint32Array(
        context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0),
      );
      let hash = 17;
      for (const pixel of pixels) hash = (Math.imul(hash, 31) + pixel) | 0;
      return hash;
    });
  }

  /** Moves over the canvas until the card tells of one session alone, and resolves to that place in the page. */
  async findBar(): Promise<{ x: number; y: number }> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error("the canvas is not on the page");
    const card = this.element.locator(".hover-card");
    for (let y = 14; y < box.height; y += 28) {
      for (let x = box.width - 30; x > 30; x -= 25) {
        await this.page.mouse.move(box.x + x, box.y + y);
        const [text] = await card.allInnerTexts();
        const isSession = text !== undefined && / – /.test(text) && !text.includes("zoom in");
        if (isSession) return { x: box.x + x, y: box.y + y };
      }
    }
    throw new Error("no bar lies on the canvas");
  }

  /** A real DataTransfer that holds files, made in the page. */
  #transfer(files: Upload[]): Promise<JSHandle<DataTransfer>> {
    const given = files.map(({ name, mimeType, buffer }) => {
      return { name, mimeType, base64: buffer.toString("base64") };
    });
    return this.page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      return transfer;
    }, given);
  }
}
