/** A menu whose options come from the bot as one types: a box to type in, and a list below it. */

import { el, fill, freshId } from "../dom.js";
import { tell } from "../store.js";
import { act, tellsAtOnce } from "./action.js";
import { addField } from "./surface.js";
import { plain } from "./text.js";

const WIDEST = 420; // pixels
const EDGE = 12;
const PAUSE = 150; // milliseconds without a letter until the bot is asked

export function externalSelect(element, { surface, block, fieldId, labelledBy, describedBy }) {
  const placeholder = element.placeholder ? plain(element.placeholder) : "Search";
  const listId = freshId("found");
  const list = el("div", { class: "found-list", id: listId, role: "listbox", "aria-label": placeholder, hidden: true });
  const box = el("input", {
    id: fieldId,
    class: "input",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    placeholder,
    "aria-labelledby": labelledBy,
    "aria-label": labelledBy ? null : placeholder,
    "aria-describedby": describedBy,
    "aria-autocomplete": "list",
    "aria-controls": listId,
    "aria-expanded": "false",
    autofocus: element.focus_on_load,
  });
  const node = el("div", { class: "found-box" }, box, list);
  let picked = element.initial_option ?? null;
  let rows = [];
  let at = -1;
  let asked = 0;
  let timer = null;

  const read = () => ({ selected_option: picked });
  const write = (part) => show(part.selected_option ?? null);

  function show(option) {
    picked = option;
    box.value = option ? plain(option.text) : "";
  }

  async function look(value) {
    if (value.length < (element.min_query_length ?? 3)) return close();
    const own = ++asked;
    const answer = await surface.search({ block_id: block.block_id, action_id: element.action_id, value });
    if (own !== asked || document.activeElement !== box) return null; // another letter was faster, or they left
    if (!answer.ok) tell("notice", answer.error);
    return draw(answer.option_groups ?? [{ options: answer.options ?? [] }]);
  }

  function draw(groups) {
    rows = [];
    fill(list, groups.map(groupNode));
    if (!rows.length) fill(list, el("p", { class: "quiet found-none" }, "No results"));
    list.hidden = false;
    place();
    box.setAttribute("aria-expanded", "true");
    mark(rows.length ? 0 : -1);
  }

  // Within what scrolls: above the box where there is more room than below it, and no further to the right than that.
  function place() {
    const frame = (node.closest(".scroller, .modal-body") ?? document.body).getBoundingClientRect();
    const { top, bottom, left } = box.getBoundingClientRect();
    list.style.maxWidth = `${Math.min(WIDEST, frame.width - 2 * EDGE)}px`;
    const isLow = bottom + list.offsetHeight + 4 > frame.bottom;
    node.classList.toggle("up", isLow && top - frame.top > frame.bottom - bottom);
    list.style.left = `${Math.min(0, frame.right - EDGE - left - list.offsetWidth)}px`;
  }

  // Only the list scrolls: `scrollIntoView` would move what is around it too.
  function reveal(row) {
    if (!row) return;
    if (row.offsetTop < list.scrollTop) list.scrollTop = row.offsetTop;
    const below = row.offsetTop + row.offsetHeight - list.clientHeight;
    if (below > list.scrollTop) list.scrollTop = below;
  }

  function groupNode({ label, options }) {
    const nodes = options.map((option) => {
      const index = rows.length;
      // mousedown, because a click would first take the focus from the box.
      const onmousedown = (event) => {
        event.preventDefault();
        take(index);
      };
      const row = el("div", { id: `${listId}-${index}`, class: "found", role: "option", onmousedown }, plain(option.text));
      rows.push({ node: row, option });
      return row;
    });
    if (!label) return nodes;
    return el("div", { role: "group", "aria-label": plain(label) }, el("div", { class: "found-head" }, plain(label)), nodes);
  }

  function mark(index) {
    at = index;
    rows.forEach(({ node: row }, k) => row.setAttribute("aria-selected", String(k === at)));
    if (rows[at]) box.setAttribute("aria-activedescendant", rows[at].node.id);
    else box.removeAttribute("aria-activedescendant");
    reveal(rows[at]?.node);
  }

  async function take(index) {
    const before = picked;
    show(rows[index].option);
    close();
    box.dispatchEvent(new Event("input", { bubbles: true })); // an error that stood on the field goes
    close();
    if (!tellsAtOnce(block)) return;
    await act({ surface, block, node: box }, element, read());
    show(before); // what it did shows elsewhere, and it can be asked again
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  box.addEventListener("focus", () => {
    box.select();
    look("");
  });
  box.addEventListener("click", () => list.hidden && look(""));
  box.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(() => look(box.value.trim()), PAUSE);
  });
  box.addEventListener("blur", () => {
    close();
    show(picked); // half a word is no choice
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) mark((at + step + rows.length) % rows.length);
    else if (event.key === "Enter" && rows[at]) take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  show(picked);
  addField(surface, block, element, { read, write });
  return node;
}
