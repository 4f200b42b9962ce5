// The same sessions as items of vis-timeline.
import { DataSet } from "vis-data";
import { Timeline } from "vis-timeline/standalone";
import { box, drawn, sessions } from "./told.ts";

const all = await sessions();
const lanes = [...new Set(all.map((session) => session.sim_sid))];
const items = all.map(({ sim_sid, operator_name, start, end }, id) => ({
  id,
  group: sim_sid,
  start,
  end,
  content: operator_name,
}));
const groups = lanes.map((id) => ({ id, content: id }));
const timeline = new Timeline(box(), new DataSet(items), new DataSet(groups), {
  stack: false,
  height: 700,
  showTooltips: false,
});
timeline.redraw();
drawn();
