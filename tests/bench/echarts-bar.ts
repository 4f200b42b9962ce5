// A bar of ECharts' custom series: value is [lane, start, end]. Its own example of flights draws spans of time so.
import { graphic } from "echarts/core";
import type { CustomSeriesOption } from "echarts/charts";

export const renderItem: CustomSeriesOption["renderItem"] = (params, api) => {
  const lane = api.value(0);
  const start = api.coord([api.value(1), lane]);
  const end = api.coord([api.value(2), lane]);
  const size = api.size?.([0, 1]);
  const height = (Array.isArray(size) ? (size[1] ?? 0) : 0) * 0.5;
  const area = params.coordSys as unknown as {
    x: number;
    y: number;
    width: number;
    height: number;
  };
  const [x = 0, y = 0] = start;
  const shape = graphic.clipRectByRect(
    { x, y: y - height / 2, width: (end[0] ?? 0) - x, height },
    { x: area.x, y: area.y, width: area.width, height: area.height },
  );
  return (
    shape && { type: "rect", transition: [], shape, style: { fill: String(api.visual("color")) } }
  );
};
