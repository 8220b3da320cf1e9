/** A list of messages that stays where the reader is: at the bottom while there, else where it was. */

import { dayKey, timeElement } from "./blocks/dates.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { continues, messageView } from "./message.js";

const AT_BOTTOM = 48; // pixels from the end that still count as "at the bottom"
const PAGE = 80; // messages drawn at first, and with each look further up

/** `messages()` gives what to show, oldest first. Returns {node, show, toBottom, flash}. */
export function messageList({ channel, name, messages, intro, inThread = false }) {
  const content = el("div", { class: "message-list" });
  const scroller = el("div", { class: "scroller", role: "log", "aria-label": name, tabindex: "0" }, content);
  const latest = el(
    "button",
    { type: "button", class: "latest", hidden: true, onclick: () => toBottom() },
    icon("down"),
    "New messages",
  );
  const node = el("div", { class: "scroll-frame" }, scroller, latest);
  const views = new Map();
  let drawnCount = PAGE;
  let stuck = true;
  let count = 0;
  let lowest = 0; // where the last jump to the bottom came to

  const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_BOTTOM;

  function show() {
    // A message can come between a reader's scroll and the event that tells of it.
    if (scroller.scrollTop < lowest && !atBottom()) stuck = false;
    const all = messages();
    const shown = all.slice(-drawnCount);
    const rows = rowsFor(shown, all[all.length - shown.length - 1]);
    const first = all.length > shown.length ? null : intro?.();
    place(content, first ? [first, ...rows] : rows);
    if (stuck) toBottom();
    else if (all.length > count) latest.hidden = false;
    count = all.length;
  }

  function rowsFor(shown, before) {
    const rows = [];
    for (const message of shown) {
      const sameDay = before && dayKey(Number(before.ts)) === dayKey(Number(message.ts));
      if (!sameDay && !inThread) rows.push(dayRow(message));
      rows.push(viewOf(message, sameDay && continues(message, before)));
      before = message;
    }
    forget(new Set(shown.map((one) => one.ts)));
    return rows;
  }

  function viewOf(message, grouped) {
    if (!views.has(message.ts)) views.set(message.ts, messageView(channel, message, { inThread }));
    const view = views.get(message.ts);
    view.update(message, Boolean(grouped));
    return view;
  }

  function dayRow(message) {
    const key = `day ${dayKey(Number(message.ts))}`;
    if (!views.has(key)) {
      views.set(
        key,
        el("div", { class: "day", role: "separator" }, timeElement(Number(message.ts), "{day_divider_pretty}")),
      );
    }
    return views.get(key);
  }

  function forget(kept) {
    for (const key of views.keys()) if (!key.startsWith("day") && !kept.has(key)) views.delete(key);
  }

  function toBottom() {
    scroller.scrollTop = scroller.scrollHeight;
    lowest = scroller.scrollTop;
    stuck = true;
    latest.hidden = true;
  }

  function older() {
    if (scroller.scrollTop > 400 || drawnCount >= messages().length) return;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    drawnCount += PAGE;
    show();
    scroller.scrollTop = scroller.scrollHeight - fromEnd;
  }

  scroller.addEventListener("scroll", () => {
    stuck = atBottom();
    if (stuck) latest.hidden = true;
    older();
  });
  scroller.addEventListener("keydown", (event) => walk(event, content));
  // The list also moves when a field in it grows, or when the window or the composer changes height.
  const follow = new ResizeObserver(() => stuck && toBottom());
  follow.observe(content);
  follow.observe(scroller);
  return { node, show, toBottom, reveal, flash: (ts) => flash(views.get(ts)) };

  function reveal(ts) {
    const at = messages().findIndex((one) => one.ts === ts);
    if (at < 0) return;
    drawnCount = Math.max(drawnCount, messages().length - at + PAGE / 2);
    stuck = false;
    show();
    views.get(ts).scrollIntoView({ block: "center" });
    flash(views.get(ts));
  }
}

/** A short light over a message that changed or was looked for. */
function flash(view) {
  if (!view) return;
  view.classList.remove("flash");
  void view.offsetWidth; // restarts the animation
  view.classList.add("flash");
}

function place(content, rows) {
  const wanted = new Set(rows);
  for (const node of [...content.children]) if (!wanted.has(node)) node.remove();
  rows.forEach((node, at) => {
    if (content.children[at] !== node) content.insertBefore(node, content.children[at] ?? null);
  });
}

function walk(event, content) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = event.target.closest("article");
  if (!step || !["ARTICLE", "DIV"].includes(event.target.tagName)) return;
  const all = [...content.querySelectorAll("article")];
  const to = here ? all[all.indexOf(here) + step] : all.at(-1);
  if (!to) return;
  event.preventDefault();
  to.focus();
}
