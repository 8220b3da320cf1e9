/** What stands between `<` and `>` in Slack text: people, channels, groups, dates, links. */

import { el } from "../dom.js";
import { channelById, state } from "../store.js";
import { formatDate, timeElement } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { openChannel } from "../navigation.js";

const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
const REACH = {
  channel: "This notifies everyone in the channel.",
  here: "This notifies everyone in the channel who is active.",
  everyone: "This notifies everyone in the workspace.",
};

/** Slack escapes exactly these three, once. */
export function unescapeOnce(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);
}

/** The node for `<inside>`, or null when it is no reference and stays text. */
export function reference(inside) {
  const [target, label] = splitOnce(inside, "|");
  if (target.startsWith("@")) return userMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!subteam^")) return live(label ?? "@group", "This notifies a group of people.");
  if (target.startsWith("!")) return broadcast(target.slice(1), label);
  return SAFE_LINK.test(target) ? link(unescapeOnce(target), label && withEmoji(unescapeOnce(label))) : null;
}

export function link(url, label) {
  const href = SAFE_LINK.test(url) ? url : null;
  return el(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer", title: label ? url : null },
    label || url.replace(/^mailto:/, ""),
  );
}

export function userMention(id, label) {
  const name = state.people.get(id)?.name ?? (id === state.bot.user ? state.bot.name : label);
  const mine = id === state.person;
  return el("span", { class: mine ? "mention mention-me" : "mention", title: id }, `@${name ?? id}`);
}

export function channelMention(id, label) {
  const channel = channelById(id);
  const text = `#${channel?.name ?? label ?? id}`;
  if (!channel) return el("span", { class: "mention", title: id }, text);
  return el("a", { class: "mention", href: `#${id}`, onclick: (event) => follow(event, id) }, text);
}

/** `@channel` and its kin stand out, so that one that slipped in from a person's text is seen. */
export function broadcast(name, label) {
  if (!Object.hasOwn(REACH, name)) return el("span", { class: "mention" }, label ?? `<!${name}>`);
  return live(`@${name}`, REACH[name]);
}

function live(text, title) {
  return el("span", { class: "mention mention-live", title }, text);
}

function date(target, fallback) {
  const [, seconds, format, href] = target.split("^");
  const ts = Number(seconds);
  if (!format || !Number.isFinite(ts)) return document.createTextNode(unescapeOnce(fallback ?? ""));
  const time = timeElement(ts, unescapeOnce(format), { class: "date" });
  return href && SAFE_LINK.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, time) : time;
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function follow(event, id) {
  event.preventDefault();
  openChannel(id);
}
