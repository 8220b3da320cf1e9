/** The middle of the page: a channel's name, its messages, and the box to write in. */

import { markRead } from "./api.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { homeView } from "./home.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { messageList } from "./message_list.js";
import { channelById, on, state, tell, timeline } from "./store.js";

let list = null;
let box = null;
let tab = "Messages";

export function startChannel() {
  const node = document.getElementById("channel");
  on("snapshot", () => draw(node));
  on("channel", () => {
    tab = "Messages";
    draw(node);
    box?.focus();
  });
  on("message", (change) => change.channel === state.channel && heard(node, change));
  on("focus-composer", () => box?.focus());
  on("jump", (ts) => list?.reveal(ts));
}

function draw(node) {
  const channel = channelById(state.channel);
  if (!channel) return;
  const typed = node.querySelector("textarea")?.value;
  const same = node.dataset.channel === channel.id;
  node.dataset.channel = channel.id;
  document.title = `${titleOf(channel)} · Onewip sandbox`;
  fill(node, headerOf(channel, node), tab === "Home" ? homeView() : conversation(channel));
  if (tab === "Home") return;
  if (same && typed) box.write(typed);
  list.show();
  list.toBottom();
  read(channel);
}

function conversation(channel) {
  list = messageList({
    channel: channel.id,
    name: `Messages in ${titleOf(channel)}`,
    messages: () => timeline(channel.id),
    intro: () => introduction(channel),
  });
  box = composer({ channel: channel.id, name: `Message ${titleOf(channel)}`, onSend: list.toBottom });
  return [list.node, offline(), box.node];
}

function heard(node, { message, old }) {
  refreshHeader(node);
  if (tab === "Home") return;
  list.show();
  if (old && message?.edited && message.edited.ts !== old.edited?.ts) list.flash(message.ts);
  read(channelById(state.channel));
}

function refreshHeader(node) {
  const channel = channelById(state.channel);
  node.querySelector(".channel-head")?.replaceWith(headerOf(channel, node));
}

function headerOf(channel, node) {
  const pinned = timeline(channel.id).filter((message) => message.pinned);
  const title = channel.is_im ? [avatar({ isApp: true }, 24), channel.name] : [icon("hash"), channel.name];
  return el("header", { class: "channel-head" }, [
    el("button", { type: "button", class: "bare open-sidebar", "aria-label": "Open the sidebar", onclick: () => tell("open-sidebar") }, icon("menu")),
    el("h1", { class: "channel-name" }, title),
    channel.is_im ? tabs(node) : el("p", { class: "topic" }, channel.topic),
    pinned.length > 0 && pinButton(pinned),
  ]);
}

function tabs(node) {
  const button = (name) =>
    el("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(tab === name), onclick: () => choose(name) }, name);
  const choose = (name) => {
    tab = name;
    draw(node);
    node.querySelector("[aria-selected=true]").focus();
  };
  return el("div", { class: "tabs", role: "tablist", "aria-label": "Onewip" }, button("Home"), button("Messages"));
}

function pinButton(pinned) {
  const items = pinned.map((message) => ({ text: (message.text || "A message").split("\n")[0].slice(0, 80), choose: () => tell("jump", message.ts) }));
  const button = el("button", { type: "button", class: "pins", "aria-haspopup": "menu", title: "Pinned messages" }, icon("pin"), `${pinned.length} pinned`);
  button.addEventListener("click", () => openMenu(button, items));
  return button;
}

function introduction(channel) {
  const missing = !channel.is_im && channel.bot_is_member === false;
  return el("div", { class: "introduction" }, [
    el("h2", {}, channel.is_im ? channel.name : `#${channel.name}`),
    el("p", {}, channel.is_im ? `This is a direct message with ${channel.name}.` : `This is the beginning of #${channel.name}.`),
    missing && el("p", { class: "quiet" }, `${state.bot.name} is not in this channel, so it hears only its commands.`),
  ]);
}

function offline() {
  const node = el("p", { class: "offline", role: "status" });
  const say = () => {
    if (!node.isConnected && node.dataset.shown) return;
    node.dataset.shown = "yes";
    node.textContent = state.bot.online ? "" : `${state.bot.name} is not connected. Start it, and what you do here reaches it again.`;
  };
  say();
  on("bot", say);
  return node;
}

function read(channel) {
  const last = timeline(channel.id).at(-1);
  if (!last || document.hidden || !channel.unread) return;
  channel.unread = 0;
  tell("unread");
  markRead(state.person, channel.id, last.ts);
}

const titleOf = (channel) => (channel.is_im ? channel.name : `#${channel.name}`);
