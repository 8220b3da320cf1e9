/** Dates and times: the browser's own pickers. */

import { el } from "../dom.js";
import { act, tellsAtOnce } from "./action.js";
import { addField } from "./surface.js";
import { plain } from "./text.js";

export const datePicker = (element, context) =>
  picker(element, context, { input: "date", part: "selected_date", initial: "initial_date" });
export const timePicker = (element, context) =>
  picker(element, context, { input: "time", part: "selected_time", initial: "initial_time" });
export const dateTimePicker = (element, context) =>
  picker(element, context, {
    input: "datetime-local",
    part: "selected_date_time",
    initial: "initial_date_time",
    fromSlack: toLocal,
    toSlack: toEpoch,
  });

const NAMES = { date: "Date", time: "Time", "datetime-local": "Date and time" };
const same = (value) => value;

function picker(
  element,
  { surface, block, fieldId, labelledBy, describedBy },
  { input, part, initial, fromSlack = same, toSlack = same },
) {
  const name = element.placeholder ? plain(element.placeholder) : NAMES[input];
  const node = el("input", {
    id: fieldId,
    type: input,
    class: "input picker",
    "aria-labelledby": labelledBy,
    "aria-label": labelledBy ? null : name,
    "aria-describedby": describedBy,
    autofocus: element.focus_on_load,
  });
  const read = () => ({ [part]: node.value ? toSlack(node.value) : null });
  const write = (value) => (node.value = value[part] ? fromSlack(value[part]) : "");
  write({ [part]: element[initial] });
  addField(surface, block, element, { read, write });
  if (tellsAtOnce(block)) node.addEventListener("change", () => act({ surface, block, node }, element, read()));
  return node;
}

const toEpoch = (local) => Math.floor(new Date(local).getTime() / 1000);

function toLocal(epoch) {
  const date = new Date(epoch * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
