/** The page's own small line icons, drawn on a 20 × 20 grid. */

import { svg } from "./dom.js";

const PATHS = {
  hash: "M4 7.5h13M3 12.5h13M8 3L6.2 17M13.8 3L12 17",
  pin: "M12.5 2.5l5 5-3.6 1.2-2.6 2.6.2 3.7-2 2-3.6-4.9L3 17l4.9-3-4.9-3.5 2-2 3.7.2 2.6-2.6z",
  eye: "M1.5 10s3-5.5 8.5-5.5S18.5 10 18.5 10s-3 5.5-8.5 5.5S1.5 10 1.5 10zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  reply: "M3 4.5h14v9.5h-7l-4 3.2V14H3z",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12.5 4L6.5 10l6 6",
  done: "M4 10.5l4 4 8-9",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  send: "M3 3.5l14.5 6.5L3 16.5 5 10zM5 10h6",
  menu: "M3 5h14M3 10h14M3 15h14",
  clock: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 5.5V10l3 2",
  inspect: "M7 5L2.5 10 7 15M13 5l4.5 5-4.5 5",
  down: "M5 7.5l5 5 5-5",
  download: "M10 3v10M6 9.5l4 4 4-4M4 17h12",
  copy: "M7 7h10v10H7zM13 7V3H3v10h4",
  reset: "M4 4v4.5h4.5M4.4 8.3A6.5 6.5 0 1 1 4 12",
  fault: "M10 3l7.5 13.5h-15zM10 8v4M10 14.3h.01",
  home: "M3 9.5L10 3l7 6.5V17h-4.5v-5h-5v5H3z",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
  info: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.2h.01",
  lock: "M4.5 9h11v8h-11zM7 9V6a3 3 0 0 1 6 0v3",
  box: "M3 4h14v3.5H3zM4.5 7.5V16h11V7.5M8 10.5h4",
  bolt: "M11 2.5L4.5 11.5H10L9 17.5l6.5-9H10z",
};

/** One icon; decoration only, so screen readers skip it. */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] });
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    path,
  );
}
