/** Checkboxes and radio buttons. */

import { el, freshId } from "../dom.js";
import { act, tellsAtOnce } from "./action.js";
import { addField } from "./surface.js";
import { textNodes } from "./text.js";

export const checkboxes = (element, context) => group(element, context, CHECKBOXES);
export const radioButtons = (element, context) => group(element, context, RADIO);

const CHECKBOXES = {
  input: "checkbox",
  role: "group",
  initial: (element) => element.initial_options ?? [],
  part: (chosen) => ({ selected_options: chosen }),
  chosen: (part) => part.selected_options ?? [],
};

const RADIO = {
  input: "radio",
  role: "radiogroup",
  initial: (element) => (element.initial_option ? [element.initial_option] : []),
  part: (chosen) => ({ selected_option: chosen[0] ?? null }),
  chosen: (part) => (part.selected_option ? [part.selected_option] : []),
};

function group(element, { surface, block, labelledBy, describedBy }, kind) {
  const name = freshId("choice");
  const boxes = element.options.map(() => el("input", { type: kind.input, name }));
  const node = el("div", {
    class: "choices",
    role: kind.role,
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
  });
  node.append(...element.options.map((option, at) => choice(option, boxes[at])));

  const read = () => kind.part(element.options.filter((_, at) => boxes[at].checked));
  const write = (part) => {
    const values = new Set(kind.chosen(part).map((option) => option.value));
    boxes.forEach((box, at) => (box.checked = values.has(element.options[at].value)));
  };
  write(kind.part(kind.initial(element)));
  addField(surface, block, element, { read, write });
  if (tellsAtOnce(block)) listen(node, element, { surface, block, read, write });
  return node;
}

function choice(option, box) {
  const id = freshId("option");
  box.setAttribute("aria-labelledby", id);
  if (option.description) box.setAttribute("aria-describedby", `${id}-more`);
  return el("label", { class: "choice" }, box, [
    el("span", { class: "choice-text" }, [
      el("span", { id }, textNodes(option.text)),
      option.description && el("span", { class: "choice-more", id: `${id}-more` }, textNodes(option.description)),
    ]),
  ]);
}

function listen(node, element, { surface, block, read, write }) {
  let before = read();
  node.addEventListener("change", async () => {
    const sent = await act({ surface, block }, element, read());
    if (!sent) write(before);
    before = read();
  });
}
