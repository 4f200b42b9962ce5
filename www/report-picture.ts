// A report as an image: a title, the span, figures, bars and columns, in the colours of the theme in force.

/** A bar with its figure: solid to `least`, light to `most`. */
interface Bar {
  label: string;
  least: number;
  most: number;
  text: string;
}

/** What was counted from a day (or hour) to another. */
interface Column {
  from: string;
  to: string;
  count: number;
  unknown: boolean;
}

type Chart =
  | { kind: "bars"; title: string; rows: Bar[] }
  | { kind: "columns"; title: string; columns: Column[] };

/** What stands on the image, as `src/app/report_sheet/picture.rs` puts it together. */
export interface ReportDrawing {
  title: string;
  /** What it is over. */
  lines: string[];
  figures: { name: string; value: string }[];
  charts: Chart[];
}

/** CSS pixels; the image has twice as many each way. */
const width = 960;
const ratio = 2;
const margin = 24;
const gap = 24;
const half = (width - 2 * margin - gap) / 2;
const row = 20;
const plot = 96;
const figureWidth = (width - 2 * margin) / 5;
const figureHeight = 40;

interface Ink {
  background: string;
  text: string;
  dim: string;
  line: string;
  accent: string;
  font: string;
}

function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    background: colour("--background"),
    text: colour("--text"),
    dim: colour("--text-dim"),
    line: colour("--line"),
    accent: colour("--accent"),
    font: style.fontFamily,
  };
}

/** Writes texts; what does not fit ends in an ellipsis. */
class Pen {
  readonly canvas = document.createElement("canvas");
  readonly context: CanvasRenderingContext2D;
  readonly ink: Ink;

  constructor(ink: Ink, height: number) {
    this.ink = ink;
    this.canvas.width = width * ratio;
    this.canvas.height = Math.ceil(height) * ratio;
    const context = this.canvas.getContext("2d");
    if (!context) throw new Error("This browser gives no canvas to draw the report on.");
    this.context = context;
    context.scale(ratio, ratio);
    this.fill(ink.background, 0, 0, width, height);
  }

  fill(colour: string, x: number, y: number, wide: number, high: number): void {
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, wide, high);
  }

  /** A text on a base line; `room` CSS pixels wide at most. */
  write(text: string, x: number, y: number, room: number, style: Style = {}): void {
    const { context, ink } = this;
    context.font = `${style.bold ? 600 : 400} ${style.px ?? 12}px ${ink.font}`;
    context.fillStyle = style.dim ? ink.dim : ink.text;
    context.textAlign = style.right ? "right" : "left";
    context.fillText(this.#fitting(text.replace(/\s+/g, " "), room), x, y);
  }

  /** How wide the widest of some texts is, CSS pixels; `most` at most. */
  widest(texts: string[], most: number): number {
    this.context.font = `400 12px ${this.ink.font}`;
    const widths = texts.map((text) => Math.ceil(this.context.measureText(text).width));
    return Math.min(Math.max(...widths, 0), most);
  }

  #fitting(text: string, room: number): string {
    const fits = (text: string) => this.context.measureText(text).width <= room;
    if (fits(text)) return text;
    const letters = [...text];
    while (letters.length > 0 && !fits(`${letters.join("")}…`)) letters.pop();
    return `${letters.join("")}…`;
  }
}

interface Style {
  px?: number;
  bold?: boolean;
  dim?: boolean;
  right?: boolean;
}

const heightOf = (chart: Chart): number =>
  28 + (chart.kind === "bars" ? Math.max(chart.rows.length, 1) * row : plot + 20);

function drawBars(pen: Pen, rows: Bar[], x: number, y: number): void {
  const label = pen.widest(
    rows.map((bar) => bar.label),
    half * 0.35,
  );
  const text = pen.widest(
    rows.map((bar) => bar.text),
    half * 0.5,
  );
  const room = half - label - text - 16;
  const most = Math.max(...rows.map((bar) => bar.most), 1);
  if (rows.length === 0) pen.write("none", x, y + 14, half, { dim: true });
  for (const [at, bar] of rows.entries()) {
    const top = y + at * row;
    pen.write(bar.label, x, top + 14, label);
    const from = x + label + 8;
    pen.context.globalAlpha = 0.4;
    pen.fill(pen.ink.accent, from, top + 5, (bar.most / most) * room, 10);
    pen.context.globalAlpha = 1;
    pen.fill(pen.ink.accent, from, top + 5, (bar.least / most) * room, 10);
    pen.write(bar.text, x + half, top + 14, text, { right: true, dim: true });
  }
}

function drawColumns(pen: Pen, columns: Column[], x: number, y: number): void {
  const highest = Math.max(...columns.map((column) => column.count), 0);
  const most = Math.max(highest, 1);
  const wide = half / Math.max(columns.length, 1);
  const inner = Math.max(wide - (wide > 4 ? 1 : 0), 0.5);
  for (const [at, column] of columns.entries()) {
    const left = x + at * wide;
    if (column.unknown) hatch(pen, left, y, wide);
    const high = (column.count / most) * plot;
    pen.fill(pen.ink.accent, left, y + plot - high, inner, high);
  }
  pen.fill(pen.ink.line, x, y + plot, half, 1);
  pen.write(`${highest}`, x, y - 2, half, { px: 11, dim: true });
  pen.write(columns[0]?.from ?? "", x, y + plot + 14, half / 2, { px: 11, dim: true });
  const last = columns.at(-1)?.to ?? "";
  pen.write(last, x + half, y + plot + 14, half / 2, { px: 11, dim: true, right: true });
}

/** Nothing was fetched. */
function hatch(pen: Pen, x: number, y: number, wide: number): void {
  const { context } = pen;
  context.save();
  context.beginPath();
  context.rect(x, y, wide, plot);
  context.clip();
  context.strokeStyle = pen.ink.line;
  context.beginPath();
  for (let at = -plot; at < wide; at += 6) {
    // From a place that does not depend on the column, so that neighbours join.
    const from = x + at - (x % 6);
    context.moveTo(from, y + plot);
    context.lineTo(from + plot, y);
  }
  context.stroke();
  context.restore();
}

/** Draws a report in the colours that hold for an element; resolves to a PNG. Rejects with a message for the visitor. */
export async function drawReport(element: Element, drawing: ReportDrawing): Promise<Blob> {
  const { title, lines, figures, charts } = drawing;
  const figureRows = Math.ceil(figures.length / 5);
  const head = margin + 24 + lines.length * 18 + 16;
  const top = head + figureRows * figureHeight + 8;
  const pairs = charts.flatMap((_, at) => (at % 2 === 0 ? [charts.slice(at, at + 2)] : []));
  const heights = pairs.map((pair) => Math.max(...pair.map(heightOf)) + gap);
  const height = top + heights.reduce((sum, height) => sum + height, 0) + margin - gap;
  const pen = new Pen(inkOf(element), height);
  const room = width - 2 * margin;
  pen.write(title, margin, margin + 14, room, { px: 16, bold: true });
  for (const [at, line] of lines.entries()) {
    pen.write(line, margin, margin + 36 + at * 18, room, { dim: at > 0 });
  }
  for (const [at, { name, value }] of figures.entries()) {
    const x = margin + (at % 5) * figureWidth;
    const y = head + Math.floor(at / 5) * figureHeight;
    pen.write(name, x, y + 12, figureWidth - 8, { px: 11, dim: true });
    pen.write(value, x, y + 28, figureWidth - 8, { px: 13, bold: true });
  }
  let y = top;
  for (const [at, pair] of pairs.entries()) {
    for (const [side, chart] of pair.entries()) {
      const x = margin + side * (half + gap);
      pen.write(chart.title, x, y + 12, half, { bold: true });
      if (chart.kind === "bars") drawBars(pen, chart.rows, x, y + 24);
      else drawColumns(pen, chart.columns, x, y + 32);
    }
    y += heights[at] ?? 0;
  }
  return new Promise((resolve, reject) => {
    const refuse = () =>
      reject(new Error("This browser could not make an image of the report. Save it as CSV."));
    pen.canvas.toBlob((blob) => (blob ? resolve(blob) : refuse()), "image/png");
  });
}
