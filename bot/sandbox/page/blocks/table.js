/** Tables; the first row is the header. */

import { el } from "../dom.js";
import { paragraphs } from "./rich_text.js";

export function table(block) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  const row = (cells, tag) =>
    el(
      "tr",
      {},
      cells.map((cell, at) => cellNode(cell, tag, settings[at])),
    );
  return scrollable(
    el(
      "table",
      { class: "table" },
      el("thead", {}, row(head, "th")),
      el(
        "tbody",
        {},
        rows.map((cells) => row(cells, "td")),
      ),
    ),
  );
}

/** A table that is wider than its message scrolls by itself, also by keyboard. */
export function scrollable(node) {
  return el("div", { class: "table-box", role: "group", "aria-label": "Table", tabindex: "0" }, node);
}

function cellNode(cell, tag, settings) {
  const align = settings?.align ? ` align-${settings.align}` : "";
  return el(tag, { class: `${settings?.is_wrapped ? "wrapped" : "unwrapped"}${align}` }, content(cell));
}

function content(cell) {
  if (cell.type === "rich_text") return paragraphs(cell);
  return cell.text ?? String(cell.value ?? "");
}
