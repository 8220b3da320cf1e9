/** The small bar that appears at a message under the pointer or in focus. */

import { mrkdwn } from "./blocks/text.js";
import { takeChange } from "./changes.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { openThread } from "./navigation.js";
import { shortcutItems } from "./shortcuts.js";
import { tell } from "./store.js";

export function toolbar(channel, message, inThread) {
  if (message.ephemeral) return el("div", { class: "tools" }, dismissTool(channel, message));
  return el("div", { class: "tools" }, !inThread && threadTool(message), moreTool(channel, message));
}

function threadTool(message) {
  return tool("reply", "Reply in thread", () => openThread(message.thread_ts ?? message.ts));
}

function dismissTool(channel, message) {
  return tool("close", "Dismiss message", () => takeChange({ type: "gone", channel, ts: message.ts }));
}

function moreTool(channel, message) {
  const button = tool("more", "More actions", () =>
    openMenu(button, [...shortcutItems("message", { channel, ts: message.ts }), copyText(message)]),
  );
  button.setAttribute("aria-haspopup", "menu");
  return button;
}

function copyText(message) {
  const text = el("div", {}, mrkdwn(message.text ?? "")).textContent;
  return {
    text: "Copy text",
    choose: () => navigator.clipboard.writeText(text).catch(() => tell("notice", "The browser did not allow copying.")),
  };
}

function tool(iconName, name, onclick) {
  return el("button", { type: "button", class: "tool", "aria-label": name, title: name, onclick }, icon(iconName));
}
