/** Menus to choose one from: given options, people, channels. The browser's own, so keyboards and readers know it. */

import { el } from "../dom.js";
import { state } from "../store.js";
import { act, tellsAtOnce } from "./action.js";
import { channels, conversations, startsWith } from "./conversations.js";
import { addField } from "./surface.js";
import { plain } from "./text.js";

export const staticSelect = (element, context) => select(element, context, STATIC);
export const peopleSelect = (element, context) => select(element, context, PEOPLE);
export const channelsSelect = (element, context) => select(element, context, CHANNELS);
export const conversationsSelect = (element, context) => select(element, context, CONVERSATIONS);

const STATIC = {
  groups: (element) => groupsOf(element).map(({ label, options }) => ({ label, options: options.map(ofOption) })),
  initial: (element) => element.initial_option?.value,
  part: (picked) => ({ selected_option: picked?.option ?? null }),
  picked: (part) => part.selected_option?.value,
};

const PEOPLE = {
  groups: () => [{ options: [...state.people.values()].map(({ id, name }) => ({ key: id, text: name })) }],
  initial: (element) => element.initial_user,
  part: (picked) => ({ selected_user: picked?.key ?? null }),
  picked: (part) => part.selected_user,
};

const CHANNELS = {
  groups: () => [{ options: channels() }],
  initial: (element) => element.initial_channel,
  part: (picked) => ({ selected_channel: picked?.key ?? null }),
  picked: (part) => part.selected_channel,
};

const CONVERSATIONS = {
  groups: (element) => [{ options: conversations(element) }],
  initial: startsWith,
  part: (picked) => ({ selected_conversation: picked?.key ?? null }),
  picked: (part) => part.selected_conversation,
};

/** A static menu's options, grouped or not. */
export function groupsOf(element) {
  if (!element.option_groups) return [{ options: element.options ?? [] }];
  return element.option_groups.map((group) => ({ label: plain(group.label), options: group.options }));
}

const ofOption = (option) => ({ key: option.value, text: plain(option.text), option });

function select(element, { surface, block, fieldId, labelledBy, describedBy }, kind) {
  const groups = kind.groups(element);
  const all = groups.flatMap((group) => group.options);
  const placeholder = element.placeholder ? plain(element.placeholder) : "Choose";
  const node = el("select", {
    id: fieldId,
    class: "select",
    "aria-labelledby": labelledBy,
    "aria-label": labelledBy ? null : placeholder,
    "aria-describedby": describedBy,
    autofocus: element.focus_on_load,
  });
  node.append(el("option", { value: "" }, placeholder), ...groups.flatMap((group) => optionNodes(group)));

  const read = () => kind.part(all.find((one) => one.key === node.value));
  const write = (part) => (node.value = kind.picked(part) ?? "");
  node.value = kind.initial(element) ?? "";
  addField(surface, block, element, { read, write });
  if (tellsAtOnce(block)) listen(node, element, { surface, block, read, write });
  return el("span", { class: "select-box" }, node);
}

function optionNodes({ label, options }) {
  const nodes = options.map(({ key, text }) => el("option", { value: key }, text));
  return label ? [el("optgroup", { label }, nodes)] : nodes;
}

function listen(node, element, { surface, block, read, write }) {
  let before = read();
  node.addEventListener("change", async () => {
    if (!(await act({ surface, block, node }, element, read()))) write(before);
    before = read();
  });
}
