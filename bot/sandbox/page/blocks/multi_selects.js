/** Menus to choose several from: a box that opens to a list of checkboxes. */

import { el, freshId } from "../dom.js";
import { state } from "../store.js";
import { act, tellsAtOnce } from "./action.js";
import { channels, conversations, startsWith } from "./conversations.js";
import { groupsOf } from "./selects.js";
import { addField } from "./surface.js";
import { plain } from "./text.js";

const keys = (chosen) => chosen.map(({ key }) => key);

const KINDS = {
  multi_static_select: {
    part: "selected_options",
    choices: (element) =>
      groupsOf(element).flatMap(({ options }) =>
        options.map((option) => ({ key: option.value, text: plain(option.text), option })),
      ),
    initial: (element) => (element.initial_options ?? []).map(({ value }) => value),
    value: (chosen) => chosen.map(({ option }) => option),
    keysOf: (options) => options.map(({ value }) => value),
  },
  multi_users_select: {
    part: "selected_users",
    choices: () => [...state.people.values()].map(({ id, name }) => ({ key: id, text: name })),
    initial: (element) => element.initial_users,
  },
  multi_channels_select: {
    part: "selected_channels",
    choices: channels,
    initial: (element) => element.initial_channels,
  },
  multi_conversations_select: {
    part: "selected_conversations",
    choices: conversations,
    initial: (element) => element.initial_conversations ?? [startsWith(element)],
  },
};

export function multiSelect(element, { surface, block, labelledBy, describedBy }) {
  const { part, choices, initial, value = keys, keysOf = (list) => list } = KINDS[element.type];
  const all = choices(element);
  const boxes = all.map(() => el("input", { type: "checkbox" }));
  const summary = el("summary", { class: "select", id: freshId("multi"), "aria-describedby": describedBy });
  const list = el("div", { class: "multi-list", role: "group", "aria-labelledby": labelledBy ?? summary.id });
  list.append(...all.map(({ text }, at) => el("label", { class: "choice" }, boxes[at], el("span", {}, text))));

  const chosen = () => all.filter((_, at) => boxes[at].checked);
  const read = () => ({ [part]: value(chosen()) });
  const write = (given) => {
    const wanted = new Set(keysOf(given[part] ?? []));
    boxes.forEach((box, at) => (box.checked = wanted.has(all[at].key)));
    show();
  };
  const show = () => {
    const names = chosen().map(({ text }) => text);
    summary.textContent = names.join(", ") || (element.placeholder ? plain(element.placeholder) : "Choose");
    const full = names.length >= (element.max_selected_items ?? Infinity);
    for (const box of boxes) box.disabled = full && !box.checked;
  };

  const first = new Set(initial(element) ?? []);
  boxes.forEach((box, at) => (box.checked = first.has(all[at].key)));
  show();
  addField(surface, block, element, { read, write });
  const node = el("details", { class: "multi select-box" }, summary, list);
  list.addEventListener("change", () => {
    show();
    if (tellsAtOnce(block)) act({ surface, block, node }, element, read());
  });
  return node;
}
