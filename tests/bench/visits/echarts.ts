// The same sessions as a custom series of ECharts, of which only what it needs is in the bundle.
import { graphic, init, use } from "echarts/core";
import { CustomChart, type CustomSeriesOption } from "echarts/charts";
import { DataZoomComponent, GridComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { box, drawn, sessions } from "./told.ts";

use([CustomChart, DataZoomComponent, GridComponent, CanvasRenderer]);

const renderItem: CustomSeriesOption["renderItem"] = (params, api) => {
  const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
  const [right = 0] = api.coord([api.value(2), api.value(0)]);
  const size = api.size?.([0, 1]);
  const height = (Array.isArray(size) ? (size[1] ?? 0) : 0) * 0.5;
  const area = params.coordSys as unknown as {
    x: number;
    y: number;
    width: number;
    height: number;
  };
  const bar = { x, y: y - height / 2, width: right - x, height };
  const shape = graphic.clipRectByRect(bar, area);
  return shape && { type: "rect", shape, style: { fill: String(api.visual("color")) } };
};

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
