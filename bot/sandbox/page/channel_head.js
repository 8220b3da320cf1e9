/** The line above a channel: its name, its topic or tabs, and what is pinned. */

import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { signOf, state, tell, timeline } from "./store.js";

const TABS = ["Home", "Messages"];

/** `tab` is the open one of a conversation with the app; `choose(name)` opens another. */
export function channelHead(channel, { tab, choose }) {
  const pinned = timeline(channel.id).filter((message) => message.pinned);
  const title = channel.is_im ? [avatar({ isApp: true }, 24), channel.name] : [icon(signOf(channel)), channel.name];
  return el("header", { class: "channel-head" }, [
    sidebarButton(),
    el("h1", { class: "channel-name" }, title),
    channel.is_im ? tabs(tab, choose) : el("p", { class: "topic" }, channel.topic),
    !channel.is_im && el("span", { class: "members", title: "Who is in this channel" }, whoIsIn(channel)),
    pinned.length > 0 && pinButton(pinned),
  ]);
}

/** The names of those in a channel: people first, the bot last. */
function whoIsIn({ members }) {
  const names = [...state.people.values()].filter(({ id }) => members.includes(id)).map(({ name }) => name);
  return [...names, ...(members.includes(state.bot.user) ? [state.bot.name] : [])].join(", ") || "nobody";
}

function sidebarButton() {
  const onclick = () => tell("open-sidebar");
  return el(
    "button",
    { type: "button", class: "bare open-sidebar", "aria-label": "Open the sidebar", onclick },
    icon("menu"),
  );
}

function tabs(open, choose) {
  const buttons = TABS.map((name) => {
    const props = { type: "button", role: "tab", class: "tab", "aria-selected": String(name === open) };
    return el("button", { ...props, onclick: () => choose(name) }, name);
  });
  return el("div", { class: "tabs", role: "tablist", "aria-label": "Onewip" }, buttons);
}

function pinButton(pinned) {
  const items = pinned.map((message) => ({
    text: (message.text || "A message").split("\n")[0].slice(0, 80),
    choose: () => tell("jump", message.ts),
  }));
  const button = el(
    "button",
    { type: "button", class: "pins", "aria-haspopup": "menu", title: "Pinned messages" },
    icon("pin"),
    el("span", {}, pinned.length, el("span", { class: "wide" }, " pinned")),
  );
  button.addEventListener("click", () => openMenu(button, items));
  return button;
}
