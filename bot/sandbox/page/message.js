/** One message: who, when, what, and what one can do with it. */

import { click, search } from "./api.js";
import { avatar } from "./avatar.js";
import { showBlocks } from "./blocks/blocks.js";
import { timeElement } from "./blocks/dates.js";
import { emoji } from "./blocks/emoji.js";
import { createSurface } from "./blocks/surface.js";
import { mrkdwn } from "./blocks/text.js";
import { el, fill } from "./dom.js";
import { fileCards } from "./files.js";
import { icon } from "./icons.js";
import { toolbar } from "./message_tools.js";
import { openThread } from "./navigation.js";
import { authorOf, messagesOf, state } from "./store.js";

const GROUPED_WITHIN = 5 * 60; // seconds; Slack joins the messages of one author in about this time

/** Whether `message` follows `before` closely enough to stand under the same name. */
export function continues(message, before) {
  if (!before || message.pinned || before.subtype || message.subtype) return false;
  const sameAuthor = message.user === before.user && message.bot_id === before.bot_id;
  const sameKind = Boolean(message.ephemeral) === Boolean(before.ephemeral);
  return sameAuthor && sameKind && Number(message.ts) - Number(before.ts) < GROUPED_WITHIN;
}

/** Whether a message was edited, and not only pinned or answered. */
export function saysElse(message, old) {
  const words = ({ text, blocks }) => JSON.stringify([text, blocks]);
  return words(message) !== words(old);
}

/**
 * A message as an <article> with `update(message, grouped)` on it.
 * `inThread` leaves out what only makes sense in the channel: the line about replies.
 */
export function messageView(channel, message, { inThread = false } = {}) {
  const here = () => ({ person: state.person, channel, ...whichMessage(node.message) });
  const surface = createSurface(
    "message",
    (action) => click({ ...action, ...here() }),
    (typed) => search({ ...typed, ...here() }),
  );
  const parts = {
    gutter: el("div", { class: "gutter" }),
    marks: el("div", { class: "marks" }),
    head: el("div", { class: "head" }),
  };
  parts.body = el("div", { class: "body" });
  parts.foot = el("div", { class: "foot" });
  const main = el("div", { class: "message-main" }, parts.head, parts.body, parts.foot);
  const node = el("article", { tabindex: "-1", "data-ts": message.ts, "data-user": message.user ?? message.bot_id });
  node.append(parts.marks, parts.gutter, main);
  const withTools = () => node.querySelector(".tools") ?? node.append(toolbar(channel, node.message, inThread));
  node.addEventListener("mouseenter", withTools);
  node.addEventListener("focusin", withTools);

  node.update = (next, grouped) => {
    if (node.message === next && node.grouped === grouped) return;
    Object.assign(node, { message: next, grouped });
    draw(node, parts, surface, { channel, inThread });
  };
  return node;
}

const whichMessage = (message) => ({ ts: message.ts, ephemeral: Boolean(message.ephemeral) });

function draw(node, parts, surface, { channel, inThread }) {
  const { message, grouped } = node;
  const author = authorOf(message);
  node.className = [
    "message",
    grouped && "grouped",
    message.ephemeral && "ephemeral",
    message.pinned && "pinned",
    message.subtype && "event",
  ]
    .filter(Boolean)
    .join(" ");
  node.setAttribute("aria-label", `${author.name}, ${message.text ?? ""}`.slice(0, 300));
  node.querySelector(".tools")?.remove();
  fill(parts.marks, marks(message));
  fill(parts.gutter, grouped ? stamp(message) : avatar(author));
  fill(parts.head, grouped ? null : heading(message, author));
  showBody(parts.body, message, surface);
  fill(parts.foot, reactions(message), inThread ? null : replies(channel, message));
}

function marks(message) {
  return [
    message.ephemeral && el("span", { class: "mark" }, icon("eye"), "Only visible to you"),
    message.pinned && el("span", { class: "mark mark-pin" }, icon("pin"), "Pinned"),
  ];
}

function heading(message, author) {
  return [
    el("b", { class: "author" }, author.name),
    author.isApp && el("span", { class: "badge" }, "APP"),
    stamp(message),
  ];
}

const stamp = (message) => timeElement(Number(message.ts), "{time}", { class: "stamp" });

function showBody(body, message, surface) {
  for (const node of body.querySelectorAll(":scope > .edited, :scope > .files")) node.remove();
  if (message.blocks?.length) {
    body.querySelector(":scope > .words")?.remove();
    showBlocks(body, message.blocks, surface);
  } else {
    fill(body, el("div", { class: "words" }, mrkdwn(message.text ?? "")));
  }
  if (message.files?.length) body.append(fileCards(message.files));
  if (message.edited) body.append(el("span", { class: "edited" }, "(edited)"));
}

function reactions(message) {
  return (message.reactions ?? []).map(({ name, count, users = [] }) => {
    const names = users.map((id) => state.people.get(id)?.name ?? state.bot.name).join(", ");
    return el("span", { class: "reaction", title: `${names}: ${name}` }, emoji(name) ?? `:${name}:`, ` ${count}`);
  });
}

function replies(channel, message) {
  const below = messagesOf(channel).filter((one) => one.thread_ts === message.ts && one.ts !== message.ts);
  const count = Math.max(below.length, message.reply_count ?? 0);
  if (!count) return null;
  const authors = [...new Map(below.map((one) => [one.user, authorOf(one)])).values()].slice(0, 4);
  const last = below.at(-1)?.ts ?? message.latest_reply;
  return el("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) }, [
    authors.map((author) => avatar(author, 24)),
    el("b", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    last && el("span", { class: "quiet" }, "Last reply ", timeElement(Number(last), "{ago}")),
  ]);
}
