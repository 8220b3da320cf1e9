/** The middle of the page: a channel's name, its messages, and the box to write in. */

import { markRead } from "./api.js";
import { channelHead } from "./channel_head.js";
import { composer } from "./composer.js";
import { el, fill } from "./dom.js";
import { homeView } from "./home.js";
import { invitation } from "./invitation.js";
import { saysElse } from "./message.js";
import { messageList } from "./message_list.js";
import { openChannel, openTab } from "./navigation.js";
import { outside } from "./outside.js";
import { channelById, on, state, tell, timeline, whereItIs } from "./store.js";

const offline = el("p", { class: "offline", role: "status" });
let list = null;
let box = null;
let invited = null;

export function startChannel() {
  const node = document.getElementById("channel");
  on("snapshot", () => draw(node));
  on("channel", () => {
    draw(node);
    if (state.tab === "Home") node.querySelector("[aria-selected=true]").focus();
    else box?.focus();
  });
  for (const topic of ["snapshot", "bot"]) on(topic, showOnline);
  on("message", (change) => change.channel === state.channel && heard(node, change));
  document.addEventListener("visibilitychange", () => state.channel && read(channelById(state.channel)));
  on("focus-composer", () => (state.tab === "Home" ? openChannel(state.channel) : box?.focus()));
  on("jump", (ts) => list?.reveal(ts));
}

function draw(node) {
  const channel = channelById(state.channel);
  if (!channel) return;
  const typed = node.querySelector("textarea")?.value;
  const same = node.dataset.channel === channel.id;
  node.dataset.channel = channel.id;
  document.title = `${titleOf(channel)} · Onewip sandbox`;
  fill(node, head(channel), state.tab === "Home" ? homeView() : conversation(channel));
  if (state.tab === "Home") return;
  if (same && typed) box?.write(typed);
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
  const closed = outside(channel);
  box = closed
    ? null
    : composer({ channel: channel.id, name: `Message ${titleOf(channel)}`, onSend: list.toBottom });
  invited = closed ? null : invitation(channel, writeInBox);
  return [invited, list.node, offline, closed ?? box.node];
}

/** Says what else there is to try, once there is a board. */
function inviteAnew(channel) {
  const anew = invited && invitation(channel, writeInBox);
  if (!anew || anew.textContent === invited.textContent) return;
  invited.replaceWith(anew);
  invited = anew;
}

function writeInBox(text) {
  box.write(text);
  box.focus();
}

function heard(node, { message, old }) {
  const channel = channelById(state.channel);
  node.querySelector(".channel-head").replaceWith(head(channel));
  if (state.tab === "Home") return;
  inviteAnew(channel);
  list.show();
  if (old && saysElse(message, old)) list.flash(message.ts);
  read(channel);
}

function head(channel) {
  return channelHead(channel, { tab: state.tab, choose: (name) => openTab(channel.id, name) });
}

function introduction(channel) {
  const missing = !channel.is_im && !channel.bot_is_member;
  return el("div", { class: "introduction" }, [
    el("h2", {}, channel.is_im ? channel.name : `#${channel.name}`),
    el(
      "p",
      {},
      channel.is_im ? `This is a direct message with ${channel.name}.` : `This is the beginning of #${channel.name}.`,
    ),
    channel.is_im &&
      !timeline(channel.id).length &&
      el("p", { class: "quiet" }, `${state.bot.name} has not written to you here. ${whereItIs()}`),
    missing &&
      el(
        "p",
        { class: "quiet" },
        `${state.bot.name} is not in this channel, so it hears only its commands. Type /invite @${state.bot.name} to bring it in.`,
      ),
  ]);
}

function showOnline() {
  offline.textContent = state.bot.online
    ? ""
    : `${state.bot.name} is not connected. Start it, and what you do here reaches it again.`;
}

function read(channel) {
  const last = timeline(channel.id).at(-1);
  if (!last || document.hidden || !channel.unread) return;
  channel.unread = 0;
  tell("unread");
  markRead(state.person, channel.id, last.ts);
}

const titleOf = (channel) => (channel.is_im ? channel.name : `#${channel.name}`);
