/** Keys that work everywhere on the page. */

import { openChannel } from "./navigation.js";
import { state, tell } from "./store.js";

export function startKeyboard() {
  document.addEventListener("keydown", leaveHome);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    tell("focus-composer");
  });
}

/** Escape leaves the Home tab, unless it closes something that lies over it or beside it. */
function leaveHome(event) {
  if (event.key !== "Escape" || event.defaultPrevented || state.tab !== "Home") return;
  if (document.querySelector("dialog[open], :popover-open") || event.target.closest("aside, nav")) return;
  openChannel(state.channel);
}

const isWriting = (node) => node.matches("input:not([type=checkbox], [type=radio]), textarea, select");
