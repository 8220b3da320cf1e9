/** Pie charts. */

import { svg } from "../dom.js";

const SIZE = 200;
const RADIUS = 92;

/** `segments` are {label, value}; they run clockwise from the top. */
export function pieChart({ segments }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  const slices = segments.map(({ label, value }, at) => {
    const to = from + value / total;
    const node = svg(
      "path",
      { class: `slice tone-${at}`, d: slicePath(from, to) },
      svg("title", {}, `${label}: ${value}`),
    );
    from = to;
    return node;
  });
  return svg("svg", { class: "pie", viewBox: `0 0 ${SIZE} ${SIZE}` }, slices);
}

function slicePath(from, to) {
  // A full circle has no two ends for an arc to run between.
  const end = to - from > 0.9999 ? to - 0.0001 : to;
  const large = end - from > 0.5 ? 1 : 0;
  return `M${SIZE / 2} ${SIZE / 2}L${point(from)}A${RADIUS} ${RADIUS} 0 ${large} 1 ${point(end)}Z`;
}

function point(turn) {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return `${(SIZE / 2 + RADIUS * Math.cos(angle)).toFixed(2)} ${(SIZE / 2 + RADIUS * Math.sin(angle)).toFixed(2)}`;
}
