/** Keys that work everywhere on the page. */

import { tell } from "./store.js";

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    tell("focus-composer");
  });
}

const isWriting = (node) => node.matches("input:not([type=checkbox], [type=radio]), textarea, select");
