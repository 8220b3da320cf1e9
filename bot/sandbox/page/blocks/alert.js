/** The alert block: a line that stands out in a modal. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { textNodes } from "./text.js";

const ICONS = { default: "info", info: "info", warning: "fault", error: "fault", success: "done" };

export function alert(block) {
  const level = block.level ?? "default";
  return el(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    icon(ICONS[level]),
    el("div", { class: "words" }, textNodes(block.text)),
  );
}
