/** A menu at a button: arrows move, Enter chooses, Escape closes. */

import { el } from "./dom.js";
import { showPopover } from "./overlay.js";

/** `items` are {text, more?, danger?, checked?, choose()}. */
export function openMenu(anchor, items) {
  const menu = el("div", { class: "menu", role: "menu", onkeydown: (event) => walk(event, menu) });
  menu.append(...items.map((item) => menuItem(item, menu, anchor)));
  showPopover(menu, anchor);
  menu.querySelector("button")?.focus();
}

function menuItem({ text, more, danger, checked, choose }, menu, anchor) {
  const pick = () => {
    menu.hidePopover();
    anchor.focus();
    choose();
  };
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const props = { type: "button", role, class: danger ? "menu-item danger" : "menu-item", onclick: pick };
  return el("button", { ...props, "aria-checked": checked === undefined ? null : String(checked) }, [
    el("span", {}, text),
    more && el("span", { class: "quiet" }, more),
  ]);
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}
