/** The small bar that appears at a message under the pointer or in focus. */

import { takeChange } from "./changes.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openThread } from "./navigation.js";

export function toolbar(channel, message, inThread) {
  const tools = message.ephemeral ? [dismissTool(channel, message)] : [!inThread && threadTool(message)];
  return el("div", { class: "tools" }, tools);
}

function threadTool(message) {
  return tool("reply", "Reply in thread", () => openThread(message.thread_ts ?? message.ts));
}

function dismissTool(channel, message) {
  return tool("close", "Dismiss message", () => takeChange({ type: "gone", channel, ts: message.ts }));
}

function tool(iconName, name, onclick) {
  return el("button", { type: "button", class: "tool", "aria-label": name, title: name, onclick }, icon(iconName));
}
