/** Rich text: paragraphs, lists, quotes and code, and what stands in a line of them. */

import { el } from "../dom.js";
import { timeElement } from "./dates.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, link, userMention } from "./mentions.js";

const PARAGRAPHS = {
  rich_text_section: (part) => el("div", {}, line(part)),
  rich_text_list: list,
  rich_text_quote: (part) => el("blockquote", {}, line(part)),
  rich_text_preformatted: (part) => el("pre", {}, line(part)),
};

const INLINE = {
  text: (one) => one.text,
  link: (one) => link(one.url, one.text),
  user: (one) => userMention(one.user_id),
  usergroup: (one) => el("span", { class: "mention" }, `@${one.usergroup_id}`),
  channel: (one) => channelMention(one.channel_id),
  emoji: (one) => emoji(one.name) ?? `:${one.name}:`,
  broadcast: (one) => broadcast(one.range),
  color: (one) => el("code", {}, one.value),
  date: (one) => timeElement(one.timestamp, one.format, { class: "date" }),
};

const STYLES = {
  bold: "strong",
  italic: "em",
  strike: "s",
  underline: "u",
  code: "code",
  highlight: "mark",
  client_highlight: "mark",
};

export function richText(block) {
  return el("div", { class: "words rich" }, paragraphs(block));
}

/** The paragraphs of a rich_text object, e.g. in a table's cell. */
export function paragraphs(block) {
  return block.elements.map((part) => PARAGRAPHS[part.type]?.(part));
}

function list(part) {
  const ordered = part.style === "ordered";
  const start = ordered && part.offset ? part.offset + 1 : null;
  const items = part.elements.map((item) => el("li", {}, line(item)));
  const node = el(ordered ? "ol" : "ul", { start, class: `list list-${part.indent ?? 0}` }, items);
  node.style.marginInlineStart = `${24 + 24 * (part.indent ?? 0)}px`;
  return node;
}

const line = (part) => part.elements.map(styled);

function styled(one) {
  const wanted = Object.keys(STYLES).filter((name) => one.style?.[name]);
  return wanted.reduce((node, name) => el(STYLES[name], {}, node), INLINE[one.type]?.(one));
}
