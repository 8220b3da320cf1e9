/** One view of a modal: its head, its blocks, its buttons, and its way to the bot. */

import { click, search, submit } from "./api.js";
import { showBlocks } from "./blocks/blocks.js";
import { createSurface, valuesOf } from "./blocks/surface.js";
import { plain } from "./blocks/text.js";
import { el, fill, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./store.js";

const FIELDS = "input, textarea, select";

/** `back` closes this view, `closeAll` the whole stack; `depth` counts the views below it. */
export function createPanel({ id }, { depth, back, closeAll }) {
  const titleId = freshId("title");
  const here = () => ({ person: state.person, view_id: id });
  const surface = createSurface(
    "modal",
    (action) => click({ ...action, ...here() }),
    (typed) => search({ ...typed, ...here() }),
  );
  const parts = { head: el("header", { class: "modal-head" }), banner: el("p", { class: "banner", role: "alert" }) };
  parts.body = el("div", { class: "modal-body body" });
  parts.foot = el("div", { class: "dialog-foot" });
  const node = el("form", { class: "modal-panel", novalidate: true }, parts.head, parts.banner, parts.body, parts.foot);
  let lastFocus = null;

  node.addEventListener("focusin", (event) => (lastFocus = event.target));
  node.addEventListener("input", (event) => setError(event.target.closest(".block"), ""));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    deliver(id, surface, parts);
  });

  function update(view) {
    if (changed(parts.head, [view.title])) fill(parts.head, headOf(view, { titleId, depth, back, closeAll }));
    if (changed(parts.foot, [view.submit, view.close])) fill(parts.foot, footOf(view, { depth, back }));
    showBlocks(parts.body, view.blocks, surface);
  }

  const focus = () => (lastFocus?.isConnected ? lastFocus : firstField(parts))?.focus();
  return { node, titleId, update, focus, showErrors: (errors) => showErrors(parts, errors) };
}

// Head and foot are left alone while they say the same, so that the focus on a button outlives an update.
function changed(part, words) {
  const json = JSON.stringify(words);
  const is = part.dataset.words !== json;
  part.dataset.words = json;
  return is;
}

function headOf(view, { titleId, depth, back, closeAll }) {
  const bare = (name, label, onclick) =>
    el("button", { type: "button", class: "bare", "aria-label": label, onclick }, icon(name));
  return [
    depth > 0 ? bare("back", "Back", back) : el("img", { class: "avatar avatar-24", src: "/page/onewip.svg", alt: "" }),
    el("h2", { id: titleId }, plain(view.title)),
    bare("close", "Close", closeAll),
  ];
}

function footOf(view, { depth, back }) {
  const close = view.close ? plain(view.close) : depth > 0 ? "Back" : view.submit ? "Cancel" : "Close";
  return [
    el("button", { type: "button", class: "button", onclick: back }, close),
    view.submit && el("button", { type: "submit", class: "button button-primary" }, plain(view.submit)),
  ];
}

function firstField({ body, foot }) {
  return (
    body.querySelector("[autofocus]") ??
    body.querySelector(FIELDS) ??
    foot.querySelector("[type=submit]") ??
    foot.querySelector("button")
  );
}

async function deliver(viewId, surface, parts) {
  const button = parts.foot.querySelector("[type=submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  parts.banner.textContent = "";
  button.setAttribute("aria-busy", "true");
  const answer = await submit({ person: state.person, view_id: viewId, values: valuesOf(surface) });
  button.removeAttribute("aria-busy");
  if (answer.errors) return showErrors(parts, answer.errors);
  if (!answer.ok) parts.banner.textContent = answer.error;
}

/** Puts each text of `errors` (block id -> text) at its field, and the focus on the first. */
function showErrors(parts, errors) {
  const blocks = [...parts.body.children];
  for (const block of blocks) setError(block, errors[block.dataset.block] ?? "");
  const first = blocks.find((block) => errors[block.dataset.block]);
  first?.querySelector(FIELDS)?.focus();
}

function setError(block, text) {
  const place = block?.querySelector(".error");
  if (!place) return;
  place.textContent = text;
  block.classList.toggle("has-error", Boolean(text));
  for (const field of block.querySelectorAll(FIELDS)) field.setAttribute("aria-invalid", String(Boolean(text)));
}
