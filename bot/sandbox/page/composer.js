/** The box one writes in: Enter sends, Shift and Enter begins a line, a list above it completes what is typed. */

import { say } from "./api.js";
import { suggestionsFor } from "./completion.js";
import { el, fill, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { state, tell } from "./store.js";

const TALLEST = 200; // pixels; beyond this the box scrolls
const history = []; // what this page sent, newest last, for the Up key

/** `name` is the box's accessible name and placeholder; `threadTs` makes it answer in a thread; `onSend` hears of each message. */
export function composer({ channel, name, threadTs = null, onSend }) {
  const listId = freshId("completion");
  const box = el("textarea", { rows: 1, "aria-label": name, placeholder: name, "aria-autocomplete": "list", "aria-controls": listId });
  const list = el("div", { class: "completion", id: listId, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const send = el("button", { type: "button", class: "send", "aria-label": "Send", title: "Send (Enter)", disabled: true }, icon("send"));
  const node = el("div", { class: "composer" }, list, el("div", { class: "composer-box" }, box, send));
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

function suggestionPicker(box, list, inThread) {
  let found = [];
  let at = 0;

  function look() {
    found = suggestionsFor(box.value, box.selectionStart, { inThread });
    at = 0;
    draw();
  }

  function draw() {
    list.hidden = !found.length;
    fill(list, found.map((one, index) => row(one, index)));
    const current = list.children[at];
    if (current) box.setAttribute("aria-activedescendant", current.id);
    else box.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  function row(one, index) {
    // mousedown, because a click would first take the focus from the box.
    const onmousedown = (event) => {
      event.preventDefault();
      take(index);
    };
    return el("div", { id: `${list.id}-${index}`, class: "suggestion", role: "option", "aria-selected": String(index === at), onmousedown }, [
      el("b", {}, one.label),
      one.hint && el("span", { class: "usage" }, one.hint),
      one.more && el("span", { class: "quiet" }, one.more),
    ]);
  }

  function take(index) {
    const { from, insert } = found[index];
    if (insert === null) return;
    box.setRangeText(insert, from, box.selectionStart, "end");
    box.dispatchEvent(new Event("input"));
  }

  function close() {
    found = [];
    draw();
  }

  /** Whether the key was for the list. */
  function takes(event) {
    if (!found.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Tab" || (event.key === "Enter" && !isComplete())) {
      if (found[at].insert === null) return false;
      take(at);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  // Enter on a word that is already typed in full sends it, as one expects of a shell.
  function isComplete() {
    const { from, insert } = found[at];
    return insert === null || box.value.slice(from, box.selectionStart).trim() === insert.trim();
  }

  return { look, close, takes };
}
