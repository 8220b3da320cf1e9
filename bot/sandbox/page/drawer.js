/** The panel at the right for people who build the bot: the inspector, or the faults. */

import { el, fill } from "./dom.js";
import { faultsPanel } from "./faults.js";
import { icon } from "./icons.js";
import { inspectorPanel } from "./inspector.js";
import { on, tell } from "./store.js";

const PANELS = {
  inspector: { title: "Inspector", content: inspectorPanel },
  faults: { title: "Faults", content: faultsPanel },
};
let shown = null;
let opener = null; // what had the focus before, and gets it back

export function startDrawer() {
  const node = document.getElementById("drawer");
  on("drawer", (name) => show(node, name === shown ? null : name));
  node.addEventListener("keydown", (event) => event.key === "Escape" && leave(node));
}

function leave(node) {
  show(node, null);
  opener?.focus();
}

function show(node, name) {
  shown = name;
  node.hidden = !name;
  tell("drawer-shown", name);
  if (!name) return fill(node);
  if (!node.contains(document.activeElement)) opener = document.activeElement;
  const { title, content } = PANELS[name];
  node.setAttribute("aria-label", title);
  const close = el(
    "button",
    { type: "button", class: "bare", "aria-label": `Close ${title.toLowerCase()}`, onclick: () => leave(node) },
    icon("close"),
  );
  fill(
    node,
    el("header", { class: "panel-head" }, el("h2", {}, title), el("span", { class: "quiet" }), close),
    content(),
  );
  close.focus();
  return node;
}
