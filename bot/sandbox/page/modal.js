/** Modals: one dialog for the whole stack of views, in which each view keeps what was typed in it. */

import { closeView } from "./api.js";
import { el } from "./dom.js";
import { createPanel } from "./modal_panel.js";
import { on, state } from "./store.js";

const panels = new Map(); // view id -> its panel
let dialog = null;

export function startModals() {
  on("snapshot", show);
  on("views", show);
  on("errors", ({ view_id: id, errors }) => panels.get(id)?.showErrors(errors));
}

function show() {
  const ids = new Set(state.views.map((view) => view.id));
  for (const [id, panel] of panels) if (!ids.has(id)) remove(id, panel);
  if (!state.views.length) return hide();
  dialog ??= open();
  state.views.forEach((view, depth) => panelFor(view, depth).update(view));
  return raise(panels.get(state.views.at(-1).id));
}

function panelFor(view, depth) {
  if (!panels.has(view.id)) {
    const panel = createPanel(view, { depth, back, closeAll });
    panels.set(view.id, panel);
    dialog.append(panel.node);
  }
  return panels.get(view.id);
}

function open() {
  const node = el("dialog", { class: "dialog modal" });
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    back();
  });
  // Chromium skips "cancel" when Escape comes twice without a click between: the key itself is surer.
  node.addEventListener("keydown", (event) => {
    const inner = event.target.closest("dialog") !== node || node.querySelector(":popover-open");
    if (event.key !== "Escape" || inner) return;
    event.preventDefault();
    back();
  });
  document.body.append(node);
  node.showModal();
  return node;
}

function raise(top) {
  for (const panel of panels.values()) panel.node.hidden = panel !== top;
  dialog.setAttribute("aria-labelledby", top.titleId);
  if (!top.node.contains(document.activeElement)) top.focus();
}

function remove(id, panel) {
  panels.delete(id);
  panel.node.remove();
}

function hide() {
  dialog?.close();
  dialog?.remove();
  dialog = null;
}

/** Closes the view on top: Escape, Cancel and Back are the same. */
function back() {
  const top = state.views.at(-1);
  if (top) closeView(state.person, top.id);
}

async function closeAll() {
  for (const view of [...state.views].reverse()) await closeView(state.person, view.id);
}
