// What others need for a frame of the same kind, each the way its own documentation shows. Never part of what is published.
import { init, use } from "echarts/core";
import { CustomChart } from "echarts/charts";
import { DataZoomComponent, GridComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { DataSet } from "vis-data";
import { Timeline } from "vis-timeline/standalone";
import { networks } from "./data.mjs";
import { renderItem } from "./echarts-bar.ts";
import { stretches } from "./fleet.mjs";
import type { Load } from "./frames.ts";
import { framesOf, readBack, type Size } from "./timing.ts";

export interface PeerTimings {
  /** Milliseconds from the data to the first picture. */
  first_ms: number;
  frames: number[];
}

interface Session {
  lane: number;
  start: number;
  end: number;
  network: number;
}

const colours = [
  "#2f7fd1",
  "#d9822b",
  "#2e9e5b",
  "#b4489c",
  "#8a6d3b",
  "#5f6bd0",
  "#c0392b",
  "#7a8a99",
];
const nameOf = (network: number) => networks[network]?.[3] ?? "";
const sessionsOf = (load: Load) => [...(stretches(load) as Iterable<Session>)];

function box({ width, height }: Size): HTMLElement {
  const element = document.createElement("div");
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  document.body.replaceChildren(element);
  return element;
}

/** Where the sessions begin and end, and a window of nine tenths of that, which leaves room to pan. */
function windowOf(sessions: Session[]): { from: number; length: number } {
  let [from, to] = [Infinity, -Infinity];
  for (const { start, end } of sessions) {
    from = Math.min(from, start);
    to = Math.max(to, end);
  }
  return { from, length: (to - from) * 0.9 };
}

/** A custom series on ECharts' canvas, as its own example of flights draws spans of time. */
export async function echarts(
  load: Load,
  { size, frames, warmUp }: { size: Size; frames: number; warmUp: number },
): Promise<PeerTimings> {
  use([CustomChart, DataZoomComponent, GridComponent, CanvasRenderer]);
  const sessions = sessionsOf(load);
  const { from, length } = windowOf(sessions);
  const element = box(size);
  const begun = performance.now();
  const chart = init(element, null, { renderer: "canvas", devicePixelRatio: 1, ...size });
  chart.setOption({
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: "time", min: from, max: from + length / 0.9 },
    yAxis: {
      type: "category",
      data: Array.from({ length: load.lanes }, (_, lane) => String(lane)),
    },
    dataZoom: [
      {
        type: "inside",
        filterMode: "weakFilter",
        startValue: from,
        endValue: from + length,
      },
    ],
    series: [
      {
        type: "custom",
        renderItem,
        // All of it in one frame, as ours is.
        progressive: 0,
        clip: true,
        encode: { x: [1, 2], y: 0 },
        data: sessions.map(({ lane, start, end, network }) => ({
          name: nameOf(network),
          value: [lane, start, end],
          itemStyle: { color: colours[network] ?? "#888888" },
        })),
      },
    ],
  });
  const canvas = element.querySelector("canvas");
  if (!canvas) throw new Error("ECharts made no canvas");
  const flush = () => {
    chart.getZr().flush();
    readBack(canvas);
  };
  flush();
  const first_ms = performance.now() - begun;
  const step = (length / size.width) * 7;
  const times = await framesOf(frames, warmUp, (frame) => {
    const startValue = from + (frame + 1) * step;
    chart.dispatchAction({ type: "dataZoom", startValue, endValue: startValue + length });
    flush();
  });
  chart.dispose();
  return { first_ms, frames: times };
}

/** Items in groups on vis-timeline, laid out; what the browser then paints is not in the time. */
export async function vis(
  load: Load,
  { size, frames, warmUp }: { size: Size; frames: number; warmUp: number },
): Promise<PeerTimings> {
  const sessions = sessionsOf(load);
  const { from, length } = windowOf(sessions);
  const element = box(size);
  const begun = performance.now();
  const groups = Array.from({ length: load.lanes }, (_, id) => ({ id, content: String(id) }));
  const items = sessions.map(({ lane, start, end, network }, id) => ({
    id,
    group: lane,
    start,
    end,
    content: nameOf(network),
  }));
  const timeline = new Timeline(element, new DataSet(items), new DataSet(groups), {
    stack: false,
    start: from,
    end: from + length,
    showTooltips: false,
  });
  const laidOut = () => {
    timeline.redraw();
    return element.querySelector(".vis-item")?.getBoundingClientRect().left;
  };
  // Without a height of its own all groups are laid out: 100 lanes, as on the others' canvas.
  const before = laidOut();
  const first_ms = performance.now() - begun;
  const step = (length / size.width) * 7;
  const times = await framesOf(frames, warmUp, (frame) => {
    const start = from + (frame + 1) * step;
    timeline.setWindow(start, start + length, { animation: false });
    laidOut();
  });
  if (laidOut() === before) throw new Error("vis-timeline did not move");
  timeline.destroy();
  return { first_ms, frames: times };
}
