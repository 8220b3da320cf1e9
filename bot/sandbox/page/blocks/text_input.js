/** Plain text inputs, and their kin for numbers, addresses and e-mail. */

import { el } from "../dom.js";
import { act, tellsAtOnce } from "./action.js";
import { addField } from "./surface.js";
import { plain } from "./text.js";

const TYPES = { plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url" };
const COUNT_FROM = 0.8; // the share of max_length from which the room left is shown

export function textInput(element, context) {
  const { surface, block } = context;
  const node = inputFor(element, context);
  node.value = element.initial_value ?? "";
  const write = (part) => {
    node.value = part.value ?? "";
    node.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const read = () => ({ value: node.value === "" ? null : node.value });
  addField(surface, block, element, { read, write });
  if (tellsAtOnce(block)) listen(node, element, context);
  return element.max_length ? el("div", { class: "counted" }, node, counter(node, element.max_length)) : node;
}

function inputFor(element, { fieldId, labelledBy, describedBy }) {
  const props = {
    id: fieldId,
    class: "input",
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
    placeholder: element.placeholder && plain(element.placeholder),
    minlength: element.min_length,
    maxlength: element.max_length,
    autofocus: element.focus_on_load,
    autocomplete: "off",
  };
  if (element.multiline) return el("textarea", { ...props, rows: 4 });
  const inputmode = element.type === "number_input" ? "decimal" : null;
  return el("input", { ...props, type: TYPES[element.type], inputmode });
}

function counter(node, most) {
  const left = el("span", { class: "count", "aria-hidden": "true" });
  const show = () => {
    left.textContent = node.value.length >= most * COUNT_FROM ? String(most - node.value.length) : "";
  };
  node.addEventListener("input", show);
  show();
  return left;
}

function listen(node, element, { surface, block }) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => act({ surface, block }, element, { value: node.value });
  if (when.includes("on_character_entered")) node.addEventListener("input", send);
  if (!when.includes("on_enter_pressed")) return;
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });
}
