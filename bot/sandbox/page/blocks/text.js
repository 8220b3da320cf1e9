/**
 * Slack's text objects as nodes: mrkdwn and plain text.
 * Rules: https://docs.slack.dev/messaging/formatting-message-text
 */

import { el } from "../dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { link, reference, unescapeOnce } from "./mentions.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const QUOTE = /^(?:&gt;|>) ?/;
const REST_QUOTE = /^(?:(?:&gt;){3}|>>>) ?/;
const TOKEN = /`(?!\u200b)[^`\n]+`|<[^<>\n]+>|:[a-z0-9_+-]+:|\bhttps?:\/\/[^\s<>|]*[^\s<>|.,;:!?)"'*_~]|[*_~]/g;
const MARKS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const OPENS_NOTHING = /[\s\u200b]/; // behind a mark; the zero-width space is how apps show a mark as itself

/** A text object, of either kind. */
export function textNodes(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text, { verbatim: text.verbatim }) : [plain(text)];
}

/** What a text object says, without marks: for names and titles. */
export function plain(text) {
  const words = unescapeOnce(text?.text ?? "");
  return text?.emoji === false ? words : withEmoji(words);
}

/** mrkdwn as a list of nodes: runs of text, quotes, and fenced code. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const fence = FENCE.exec(text);
  if (!fence) return paragraphs(text, verbatim);
  const before = text.slice(0, fence.index).replace(/\n$/, "");
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  const code = el("pre", {}, unescapeOnce(fence[1]));
  return [...(before ? paragraphs(before, verbatim) : []), code, ...(after ? mrkdwn(after, { verbatim }) : [])];
}

function paragraphs(text, verbatim) {
  const runs = [];
  let restIsQuote = false;
  for (const line of text.split("\n")) {
    restIsQuote ||= REST_QUOTE.test(line);
    const quoted = restIsQuote || QUOTE.test(line);
    const words = quoted ? line.replace(REST_QUOTE, "").replace(QUOTE, "") : line;
    const last = runs.at(-1);
    if (last?.quoted === quoted) last.lines.push(words);
    else runs.push({ quoted, lines: [words] });
  }
  return runs.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"), verbatim);
    if (quoted) return [el("blockquote", {}, nodes)];
    return runs.length > 1 ? [el("div", {}, nodes)] : nodes;
  });
}

/** One run of text: emphasis, code, references, emoji and bare links. */
function inline(text, verbatim) {
  const nodes = [];
  let from = 0;
  const pass = (upTo) => upTo > from && nodes.push(unescapeOnce(text.slice(from, upTo)));
  for (const { index, token } of tokensOf(text)) {
    if (index < from) continue;
    const found = MARKS[token] ? emphasis(text, index, verbatim) : single(token, verbatim);
    if (!found) continue;
    pass(index);
    nodes.push(found.node);
    from = index + found.length;
  }
  pass(text.length);
  return nodes;
}

function tokensOf(text) {
  return [...text.matchAll(TOKEN)].map((match) => ({ index: match.index, token: match[0] }));
}

function single(token, verbatim) {
  const node = nodeFor(token, verbatim);
  return node === null ? null : { node, length: token.length };
}

function nodeFor(token, verbatim) {
  if (token[0] === "`") return el("code", {}, unescapeOnce(token.slice(1, -1)));
  if (token[0] === "<") return reference(token.slice(1, -1));
  if (token[0] === ":") return emoji(token.slice(1, -1));
  return verbatim ? null : link(unescapeOnce(token));
}

/** A mark opens only at the edge of a word and closes only at its end, so that snake_case and 2*3 stay as they are. */
function emphasis(text, open, verbatim) {
  const mark = text[open];
  const next = text[open + 1] ?? " ";
  if (WORD.test(text[open - 1] ?? "") || next === mark || OPENS_NOTHING.test(next)) return null;
  const close = closing(text, mark, open);
  if (close < 0) return null;
  return { node: el(MARKS[mark], {}, inline(text.slice(open + 1, close), verbatim)), length: close + 1 - open };
}

function closing(text, mark, open) {
  const lineEnd = text.indexOf("\n", open);
  for (const { index, token } of tokensOf(text)) {
    if (index <= open + 1 || token !== mark) continue;
    if (lineEnd >= 0 && index > lineEnd) return -1;
    if (!/\s/.test(text[index - 1]) && !WORD.test(text[index + 1] ?? "")) return index;
  }
  return -1;
}
