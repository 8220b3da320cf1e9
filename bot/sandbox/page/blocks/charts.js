/** The data_visualization block: a figure with its title, its chart and its legend. */

import { el } from "../dom.js";
import { axisChart } from "./axis_chart.js";
import { pieChart } from "./pie_chart.js";

const CHARTS = { pie: pieChart, line: axisChart, area: axisChart, bar: axisChart };

export function chart(block) {
  const { chart: what, title } = block;
  const drawing = CHARTS[what.type](what);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${title}: ${inWords(what)}`);
  return el("figure", { class: "chart" }, el("figcaption", {}, title), drawing, legend(what));
}

function inWords(what) {
  if (what.type === "pie") return what.segments.map(({ label, value }) => `${label} ${value}`).join(", ");
  return what.series
    .map(({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${value}`).join(", ")}`)
    .join("; ");
}

function legend(what) {
  const total = what.segments?.reduce((sum, { value }) => sum + value, 0);
  const names =
    what.segments?.map(({ label, value }) => `${label} · ${value} (${Math.round((100 * value) / total)} %)`) ??
    what.series.map(({ name }) => name);
  return el(
    "ul",
    { class: "legend" },
    names.map((name, at) => el("li", { class: `tone-${at}` }, el("span", { class: "swatch" }), name)),
  );
}
