/** The app's shortcuts: global ones at the composer, a message's in its menu. */

import { useShortcut } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { state, tell } from "./store.js";

/** Menu items for the shortcuts of `type`, "global" or "message"; `place` is {channel, ts} for a message's. */
export function shortcutItems(type, place = {}) {
  return ofType(type).map(({ name, description, callback_id: id }) => ({
    text: name,
    more: description,
    choose: () => run({ ...place, callback_id: id }),
  }));
}

/** The button for the global ones; an app that has none shows no button. */
export function shortcutsButton() {
  if (!ofType("global").length) return null;
  const props = { class: "bare", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu" };
  const button = el("button", { type: "button", ...props }, icon("bolt"));
  button.addEventListener("click", () => openMenu(button, shortcutItems("global")));
  return button;
}

const ofType = (type) => state.shortcuts.filter((one) => one.type === type);

async function run(shortcut) {
  const answer = await useShortcut({ ...shortcut, person: state.person });
  if (!answer.ok) tell("notice", answer.error);
}
