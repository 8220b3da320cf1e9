/** The box one writes in: Enter sends, Shift and Enter begins a line, a list above it completes what is typed. */

import { say } from "./api.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { shortcutsButton } from "./shortcuts.js";
import { state, tell } from "./store.js";
import { suggestionPicker } from "./suggestion_picker.js";

const TALLEST = 200; // pixels; beyond this the box scrolls
const history = []; // what this page sent, newest last, for the Up key

/**
 * `name` is the box's accessible name and placeholder; `threadTs` makes it answer in a thread;
 * `onSend` hears of each message.
 */
export function composer({ channel, name, threadTs = null, onSend }) {
  const listId = freshId("completion");
  const box = el("textarea", {
    rows: 1,
    "aria-label": name,
    placeholder: name,
    "aria-autocomplete": "list",
    "aria-controls": listId,
  });
  const list = el("div", {
    class: "completion",
    id: listId,
    role: "listbox",
    "aria-label": "Suggestions",
    hidden: true,
  });
  const send = el(
    "button",
    { type: "button", class: "send", "aria-label": "Send", title: "Send (Enter)", disabled: true },
    icon("send"),
  );
  const row = el("div", { class: "composer-box" }, threadTs ? null : shortcutsButton(), box, send);
  const node = el("div", { class: "composer" }, list, row);
  const picker = suggestionPicker(box, list, Boolean(threadTs));

  box.addEventListener("input", () => {
    grow(box);
    send.disabled = !box.value.trim();
    picker.look();
  });
  box.addEventListener("keydown", (event) => {
    if (picker.takes(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      deliver();
    } else if (event.key === "ArrowUp" && !box.value && history.length) {
      event.preventDefault();
      write(history.at(-1));
    }
  });
  box.addEventListener("blur", picker.close);
  send.addEventListener("click", deliver);

  async function deliver() {
    const text = box.value.trim();
    if (!text) return;
    history.push(text);
    write("");
    onSend();
    const answer = await say({ person: state.person, channel, text, ...(threadTs && { thread_ts: threadTs }) });
    if (answer.ok) return;
    tell("notice", answer.error);
    if (!box.value) write(text);
  }

  function write(text) {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    picker.close();
  }

  return { node, focus: () => box.focus(), write };
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, TALLEST)}px`;
}
