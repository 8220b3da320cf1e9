/** The panel beside a channel that shows one thread. */

import { composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { saysElse } from "./message.js";
import { messageList } from "./message_list.js";
import { openThread } from "./navigation.js";
import { outside } from "./outside.js";
import { channelById, on, state, thread } from "./store.js";

let list = null;

export function startThread() {
  const node = document.getElementById("thread");
  on("snapshot", () => draw(node));
  on("thread", () => draw(node, { focus: true }));
  on("message", ({ channel, message, old }) => {
    if (channel !== state.channel || !state.thread) return;
    list.show();
    if (old && saysElse(message, old)) list.flash(message.ts);
  });
  node.addEventListener(
    "keydown",
    (event) => event.key === "Escape" && !node.querySelector(":popover-open") && close(),
  );
}

function draw(node, { focus = false } = {}) {
  const { channel, thread: ts } = state;
  node.hidden = !ts;
  if (!ts) return fill(node);
  list = messageList({ channel, name: "Thread", messages: () => thread(channel, ts), inThread: true });
  const closed = outside(channelById(channel));
  const box = closed ? null : composer({ channel, name: "Reply to thread", threadTs: ts, onSend: list.toBottom });
  fill(node, head(), list.node, closed ?? box.node);
  list.show();
  list.toBottom();
  if (focus) (box ?? list.node.firstChild).focus();
  return node;
}

function head() {
  const channel = channelById(state.channel);
  return el("header", { class: "panel-head" }, [
    el("h2", {}, "Thread"),
    el("span", { class: "quiet" }, channel.is_im ? channel.name : `#${channel.name}`),
    el("button", { type: "button", class: "bare", "aria-label": "Close thread", onclick: close }, icon("close")),
  ]);
}

function close() {
  const from = document.querySelector(`#channel article[data-ts="${CSS.escape(state.thread)}"]`);
  openThread(null);
  from?.focus();
}
