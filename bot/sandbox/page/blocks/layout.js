/** Blocks that arrange text: section, header, context, divider, actions, input. */

import { el, freshId } from "../dom.js";
import { renderElement } from "./elements.js";
import { picture } from "./image.js";
import { plain, textNodes } from "./text.js";

export function section(block, surface) {
  const words = [
    block.text && el("div", { class: "words" }, textNodes(block.text)),
    block.fields && el("div", { class: "section-fields" }, block.fields.map((field) => el("div", { class: "words" }, textNodes(field)))),
  ];
  if (!block.accessory) return el("div", { class: "section" }, words);
  const labelledBy = freshId("section");
  const accessory = renderElement(block.accessory, { surface, block, labelledBy: needsName(block.accessory) ? labelledBy : null });
  return el("div", { class: "section section-with" }, [
    el("div", { class: "section-text", id: labelledBy }, words),
    el("div", { class: "accessory" }, accessory),
  ]);
}

export const header = (block) => el("h3", { class: "header" }, plain(block.text));
export const divider = () => el("hr", { class: "divider" });

export function context(block) {
  const parts = block.elements.map((one) =>
    one.type === "image" ? picture(one) : el("span", { class: "words" }, textNodes(one)),
  );
  return el("div", { class: "context" }, parts);
}

export function actions(block, surface) {
  return el("div", { class: "actions" }, block.elements.map((element) => renderElement(element, { surface, block })));
}

export function input(block, surface) {
  const id = freshId("label");
  const ids = { hint: `${id}-hint`, error: `${id}-error` };
  const describedBy = `${ids.hint} ${ids.error}`;
  const node = renderElement(block.element, { surface, block, labelledBy: id, describedBy });
  return el("div", { class: "field" }, [
    el("div", { class: "label" }, [
      el("span", { id }, plain(block.label)),
      block.optional && el("span", { class: "quiet" }, " (optional)"),
    ]),
    node,
    el("div", { class: "error", id: ids.error, role: "alert" }),
    el("div", { class: "hint", id: ids.hint }, block.hint && plain(block.hint)),
  ]);
}

// Choices and menus have no words of their own and are named by the section beside them.
const needsName = (element) => !["button", "overflow", "image"].includes(element.type);
