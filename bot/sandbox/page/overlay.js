/** Dialogs and menus: made in the browser's top layer, which keeps focus inside and gives it back. */

/** Where something new must be put to be usable: inside the open dialog, or on the page. */
export function topHost() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
}

/** Puts `node` (a popover) beside `anchor`, wherever there is room. */
export function placeBeside(node, anchor) {
  const place = anchor.getBoundingClientRect();
  const size = node.getBoundingClientRect();
  const below = place.bottom + 4 + size.height <= innerHeight;
  const top = below ? place.bottom + 4 : Math.max(8, place.top - size.height - 4);
  const left = Math.max(8, Math.min(place.left, innerWidth - size.width - 8));
  node.style.top = `${top}px`;
  node.style.left = `${left}px`;
}

/** Shows `node` as a popover at `anchor`; it is gone from the document once closed. */
export function showPopover(node, anchor) {
  node.setAttribute("popover", "auto");
  // The top layer shows it above everything; in the document it stays in its own part of the page, or in its dialog.
  anchor.closest("dialog, main, aside, nav, header").append(node);
  node.showPopover();
  placeBeside(node, anchor);
  anchor.setAttribute("aria-expanded", "true");
  node.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (node.contains(document.activeElement)) anchor.focus();
    node.remove();
  });
}
