/** Line, area and bar charts: series over shared categories. */

import { svg } from "../dom.js";

const WIDTHS = { wide: 560, narrow: 320 }; // where it is scaled down less, its letters stay readable
const NARROW = matchMedia("(max-width: 760px)");
const HEIGHT = 260;
const EDGE = { top: 12, right: 12, bottom: 34, left: 48 };
const LABEL_ROOM = 64; // pixels a category's label needs

const DRAW = { line, area, bar };

export function axisChart({ type, series, axis_config: axis }) {
  const scale = scaleFor(
    series.flatMap(({ data }) => data.map(({ value }) => value)),
    axis,
  );
  const drawn = series.map((one, at) =>
    DRAW[type](valuesIn(one, axis), scale, { at, of: series.length, name: one.name }),
  );
  return svg(
    "svg",
    { class: "axes", viewBox: `0 0 ${scale.right + EDGE.right} ${HEIGHT}` },
    grid(scale),
    categories(axis, scale),
    titles(axis, scale),
    drawn,
  );
}

const valuesIn = ({ data }, { categories: names }) =>
  names.map((name) => data.find(({ label }) => label === name)?.value ?? 0);

/** Places for values and categories; the axis always holds zero and ends on round numbers. */
function scaleFor(values, axis) {
  const step = roundStep((Math.max(...values, 0) - Math.min(...values, 0) || 1) / 4);
  const low = Math.floor(Math.min(...values, 0) / step) * step;
  const high = Math.ceil(Math.max(...values, 0) / step) * step || step;
  const bottom = HEIGHT - EDGE.bottom - (axis.x_label ? 16 : 0);
  const left = EDGE.left + (axis.y_label ? 16 : 0);
  const right = WIDTHS[NARROW.matches ? "narrow" : "wide"] - EDGE.right;
  const band = (right - left) / axis.categories.length;
  return {
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) =>
      Number((low + at * step).toPrecision(12)),
    ),
    y: (value) => bottom - ((value - low) / (high - low)) * (bottom - EDGE.top),
    x: (at) => left + band * (at + 0.5),
    band,
    left,
    right,
    bottom,
  };
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].find((one) => one * power >= rough) * power;
}

function grid({ ticks, y, left, right }) {
  return ticks.flatMap((value) => [
    svg("line", { class: value === 0 ? "zero" : "rule", x1: left, x2: right, y1: y(value), y2: y(value) }),
    svg("text", { class: "tick", x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString("en")),
  ]);
}

function categories({ categories: names }, { x, band, bottom }) {
  const every = Math.ceil(LABEL_ROOM / band);
  return names.map(
    (name, at) =>
      at % every === 0 && svg("text", { class: "tick", x: x(at), y: bottom + 18, "text-anchor": "middle" }, name),
  );
}

function titles({ x_label: across, y_label: up }, { left, right, bottom }) {
  const middle = (EDGE.top + bottom) / 2;
  return [
    across &&
      svg("text", { class: "axis-title", x: (left + right) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, across),
    up &&
      svg(
        "text",
        { class: "axis-title", transform: `translate(14 ${middle}) rotate(-90)`, "text-anchor": "middle" },
        up,
      ),
  ];
}

function path(values, { x, y }) {
  return values.map((value, at) => `${at ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
}

function dots(values, { x, y }, name) {
  return values.map((value, at) =>
    svg("circle", { class: "dot", cx: x(at), cy: y(value), r: 3.5 }, svg("title", {}, `${name}: ${value}`)),
  );
}

function line(values, scale, { at, name }) {
  return svg(
    "g",
    { class: `tone-${at}` },
    svg("path", { class: "stroke", d: path(values, scale) }),
    dots(values, scale, name),
  );
}

function area(values, scale, { at, name }) {
  const { x, y } = scale;
  const shape = `${path(values, scale)}L${x(values.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`;
  return svg(
    "g",
    { class: `tone-${at}` },
    svg("path", { class: "under", d: shape }),
    svg("path", { class: "stroke", d: path(values, scale) }),
    dots(values, scale, name),
  );
}

function bar(values, { x, y, band }, { at, of, name }) {
  const width = Math.min(32, (band * 0.7) / of);
  const bars = values.map((value, place) => {
    const left = x(place) - (width * of) / 2 + width * at;
    const [top, foot] = [y(Math.max(value, 0)), y(Math.min(value, 0))];
    return svg(
      "rect",
      { class: "bar", x: left + 1, y: top, width: width - 2, height: Math.max(foot - top, 1), rx: 2 },
      svg("title", {}, `${name}: ${value}`),
    );
  });
  return svg("g", { class: `tone-${at}` }, bars);
}
