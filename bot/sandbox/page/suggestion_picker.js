/** The list above the composer: what could come next, walked with the arrows and taken with Tab or Enter. */

import { suggestionsFor } from "./completion.js";
import { el, fill } from "./dom.js";

/** Completes what is typed in `box` from `list`; `takes(event)` tells whether a key was for the list. */
export function suggestionPicker(box, list, inThread) {
  let found = [];
  let at = 0;

  function look() {
    found = suggestionsFor(box.value, box.selectionStart, { inThread });
    at = 0;
    draw();
  }

  function draw() {
    list.hidden = !found.length;
    fill(
      list,
      found.map((one, index) => row(one, index)),
    );
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
    return el(
      "div",
      {
        id: `${list.id}-${index}`,
        class: "suggestion",
        role: "option",
        "aria-selected": String(index === at),
        onmousedown,
      },
      [
        el("b", {}, one.label),
        one.hint && el("span", { class: "usage" }, one.hint),
        one.more && el("span", { class: "quiet" }, one.more),
      ],
    );
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
