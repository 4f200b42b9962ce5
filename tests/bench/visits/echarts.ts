// The same sessions as a custom series of ECharts, of which only what it needs is in the bundle.
import { init, use } from "echarts/core";
import { CustomChart } from "echarts/charts";
import { DataZoomComponent, GridComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { renderItem } from "../echarts-bar.ts";
import { box, drawn, sessions } from "./told.ts";

use([CustomChart, DataZoomComponent, GridComponent, CanvasRenderer]);

const chart = init(box(), null, { renderer: "canvas" });
const all = await sessions();
const lanes = [...new Set(all.map((session) => session.sim_sid))];
chart.setOption({
  animation: false,
  xAxis: { type: "time" },
  yAxis: { type: "category", data: lanes },
  dataZoom: [{ type: "inside", filterMode: "weakFilter" }],
  series: [
    {
      type: "custom",
      renderItem,
      clip: true,
      encode: { x: [1, 2], y: 0 },
      data: all.map(({ sim_sid, operator_name, start, end }) => ({
        name: operator_name,
        value: [lanes.indexOf(sim_sid), Date.parse(start), Date.parse(end)],
      })),
    },
  ],
});
chart.getZr().flush();
drawn();
