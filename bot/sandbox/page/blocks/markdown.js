/**
 * The markdown block: standard Markdown, as far as Slack shows it.
 * https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 */

import { el } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mentions.js";
import { scrollable } from "./table.js";

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(\[[ xX]\]\s+)?(.*)$/;
const DIVIDER = /^ {0,3}([-*_])( *\1){2,} *$/;
const TABLE_RULE = /^ *\|?( *:?-+:? *\|)+ *:?-* *:?\|? *$/;

/** Each kind of block: does it begin at these lines, and what takes how many of them. */
const KINDS = [
  { starts: ([line]) => /^ {0,3}```/.test(line), take: fence },
  { starts: ([line]) => /^#{1,6}\s/.test(line), take: heading },
  { starts: ([line]) => DIVIDER.test(line), take: () => ({ node: el("hr", { class: "divider" }), used: 1 }) },
  { starts: ([line]) => /^ {0,3}>/.test(line), take: quote },
  { starts: ([line]) => ITEM.test(line), take: list },
  { starts: ([line, rule = ""]) => line.includes("|") && TABLE_RULE.test(rule), take: grid },
];

export function markdown(block) {
  return el("div", { class: "words markdown" }, blocks(block.text.split("\n")));
}

function blocks(lines) {
  const nodes = [];
  let rest = lines;
  while (rest.length) {
    if (!rest[0].trim()) {
      rest = rest.slice(1);
      continue;
    }
    const kind = KINDS.find(({ starts }) => starts(rest));
    const { node, used } = (kind?.take ?? paragraph)(rest);
    nodes.push(node);
    rest = rest.slice(used);
  }
  return nodes;
}

function fence(lines) {
  const end = lines.findIndex((line, at) => at > 0 && /^ {0,3}```\s*$/.test(line));
  const body = lines.slice(1, end < 0 ? undefined : end);
  return { node: el("pre", {}, body.join("\n")), used: end < 0 ? lines.length : end + 1 };
}

function heading([line]) {
  const [, marks, text] = /^(#+)\s+(.*?)\s*#*$/.exec(line) ?? [null, "#", ""];
  return {
    node: el(
      "p",
      { class: `heading heading-${marks.length}`, role: "heading", "aria-level": Math.min(6, marks.length + 2) },
      inline(text),
    ),
    used: 1,
  };
}

function quote(lines) {
  const used = countWhile(lines, (line) => /^ {0,3}>/.test(line));
  return {
    node: el("blockquote", {}, blocks(lines.slice(0, used).map((line) => line.replace(/^ {0,3}> ?/, "")))),
    used,
  };
}

/** Items of one depth; deeper lines below an item are its own list. */
function list(lines) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const items = [];
  let used = 0;
  while (used < lines.length && ITEM.test(lines[used]) && ITEM.exec(lines[used])[1].length === indent.length) {
    const deeper = countWhile(
      lines.slice(used + 1),
      (line) => line.trim() && /^\s*/.exec(line)[0].length > indent.length,
    );
    items.push(item(ITEM.exec(lines[used]), lines.slice(used + 1, used + 1 + deeper)));
    used += 1 + deeper;
  }
  const ordered = /\d/.test(mark);
  return {
    node: el(ordered ? "ol" : "ul", { class: "list", start: ordered ? parseInt(mark, 10) : null }, items),
    used,
  };
}

function item([, , , box, text], deeper) {
  const tick = box && (/x/i.test(box) ? "☑ " : "☐ ");
  return el("li", { class: box ? "task" : null }, tick, inline(text), blocks(deeper));
}

function grid(lines) {
  const used = 2 + countWhile(lines.slice(2), (line) => line.includes("|"));
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/);
  const row = (line, tag) =>
    el(
      "tr",
      {},
      cells(line).map((cell) => el(tag, {}, inline(cell.trim().replace(/\\\|/g, "|")))),
    );
  const body = lines.slice(2, used).map((line) => row(line, "td"));
  return {
    node: scrollable(el("table", { class: "table" }, el("thead", {}, row(lines[0], "th")), el("tbody", {}, body))),
    used,
  };
}

function paragraph(lines) {
  const used =
    1 +
    countWhile(lines.slice(1), (line, at) => line.trim() && !KINDS.some(({ starts }) => starts(lines.slice(at + 1))));
  return { node: el("p", {}, inline(lines.slice(0, used).join("\n"))), used };
}

function countWhile(lines, holds) {
  const end = lines.findIndex((line, at) => !holds(line, at));
  return end < 0 ? lines.length : end;
}

const SPANS = [
  [/`([^`]+)`/, ([, code]) => el("code", {}, code)],
  [/!?\[([^\]]*)\]\(([^)\s]+)\)/, ([, text, url]) => link(url, text)],
  [/\*\*(.+?)\*\*|__(.+?)__/, ([, one, other]) => el("strong", {}, inline(one ?? other))],
  [/~~(.+?)~~/, ([, text]) => el("s", {}, inline(text))],
  [
    /(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])|(?<![\w_])_([^_\s](?:[^_]*[^_\s])?)_(?![\w_])/,
    ([, one, other]) => el("em", {}, inline(one ?? other)),
  ],
  [/https?:\/\/[^\s<>]*[^\s<>.,;:!?)]/, ([url]) => link(url)],
];

/** The span that begins first wins; of two that begin together, the first in the table. */
function inline(text) {
  const found = SPANS.map(([pattern, make]) => ({ match: pattern.exec(text), make })).filter(({ match }) => match);
  if (!found.length) return [withEmoji(text)];
  const { match, make } = found.reduce((first, one) => (one.match.index < first.match.index ? one : first));
  const after = text.slice(match.index + match[0].length);
  return [withEmoji(text.slice(0, match.index)), make(match), ...(after ? inline(after) : [])];
}
