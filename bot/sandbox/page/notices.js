/** Short messages from the sandbox itself, at the bottom of the page. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { topHost } from "./overlay.js";
import { on } from "./store.js";

const SHOWN_MS = 8000;
const MOST = 3;

export function startNotices() {
  const shelf = document.getElementById("notices");
  on("notice", (text) => show(shelf, text));
}

function show(shelf, text) {
  // A dialog makes everything outside it unreachable, so the shelf moves in with it.
  if (shelf.parentNode !== topHost()) topHost().append(shelf);
  const leave = () => note.remove();
  const note = el("div", { class: "notice" }, [
    el("span", {}, text),
    el("button", { type: "button", class: "bare", "aria-label": "Dismiss", onclick: leave }, icon("close")),
  ]);
  shelf.append(note);
  while (shelf.children.length > MOST) shelf.firstChild.remove();
  setTimeout(leave, SHOWN_MS);
}
