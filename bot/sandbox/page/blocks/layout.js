/** Blocks that arrange text: section, header, context, divider, actions, input. */

import { el, freshId } from "../dom.js";
import { renderElement } from "./elements.js";
import { picture } from "./image.js";
import { plain, textNodes } from "./text.js";

export function section(block, surface) {
  const words = [
    block.text && el("div", { class: "words" }, textNodes(block.text)),
    block.fields &&
      el(
        "div",
        { class: "section-fields" },
        block.fields.map((field) => el("div", { class: "words" }, textNodes(field))),
      ),
  ];
  if (!block.accessory) return el("div", { class: "section" }, words);
  const labelledBy = freshId("section");
  const accessory = renderElement(block.accessory, {
    surface,
    block,
    labelledBy: needsName(block.accessory) ? labelledBy : null,
  });
  return el("div", { class: "section section-with" }, [
    el("div", { class: "section-text", id: labelledBy }, words),
    el("div", { class: "accessory" }, accessory),
  ]);
}

// A modal's title is itself a second-level heading.
export const header = (block, surface) =>
  el(surface.kind === "modal" ? "h3" : "h2", { class: "header" }, plain(block.text));
export const divider = () => el("hr", { class: "divider" });

export function context(block) {
  const parts = block.elements.map((one) =>
    one.type === "image" ? picture(one) : el("span", { class: "words" }, textNodes(one)),
  );
  return el("div", { class: "context" }, parts);
}

export function actions(block, surface) {
  return el(
    "div",
    { class: "actions" },
    block.elements.map((element) => renderElement(element, { surface, block })),
  );
}

export function input(block, surface) {
  const id = freshId("label");
  const ids = { field: `${id}-field`, hint: `${id}-hint`, error: `${id}-error` };
  const context = { surface, block, fieldId: ids.field, labelledBy: id, describedBy: `${ids.hint} ${ids.error}` };
  const node = el("div", { class: "field" }, renderElement(block.element, context));
  node.prepend(label(block, id, node.querySelector(`#${ids.field}`) ? ids.field : null));
  node.append(
    el("div", { class: "error", id: ids.error, role: "alert" }),
    el("div", { class: "hint", id: ids.hint }, block.hint && plain(block.hint)),
  );
  return node;
}

// A group of choices has no one field that a <label> could belong to.
function label(block, id, fieldId) {
  const words = el(fieldId ? "label" : "span", { id, for: fieldId }, plain(block.label));
  return el("div", { class: "label" }, words, block.optional && el("span", { class: "quiet" }, " (optional)"));
}

// Choices and menus have no words of their own and are named by the section beside them.
const needsName = (element) => !["button", "overflow", "image"].includes(element.type);
