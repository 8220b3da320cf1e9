/** What could come next in the composer: commands and their words, people, channels, emoji. */

import { emojiStartingWith } from "./blocks/emoji.js";
import { state } from "./store.js";

const MOST = 9;

/**
 * Suggestions for `text` with the caret at `caret`: [{label, hint, from, insert}],
 * where `insert` takes the place of what stands between `from` and the caret.
 */
export function suggestionsFor(text, caret, { inThread }) {
  const before = text.slice(0, caret);
  if (before.startsWith("/") && !inThread) return commandSuggestions(before);
  return wordSuggestions(before);
}

function commandSuggestions(before) {
  const space = before.indexOf(" ");
  if (space < 0) {
    return state.commands
      .filter(({ command }) => command.startsWith(before.toLowerCase()))
      .map((one) => ({
        label: one.command,
        hint: one.usage_hint,
        more: one.description,
        from: 0,
        insert: `${one.command} `,
      }));
  }
  const command = state.commands.find((one) => one.command === before.slice(0, space));
  return command ? verbSuggestions(command, before.slice(space + 1), space + 1) : [];
}

// The manifest's hint is one line, "add TITLE | start N | tick N k": each part is a way to go on.
function verbSuggestions(command, typed, from) {
  const [word, ...rest] = typed.split(" ");
  const ways = hintParts(command.usage_hint).filter((part) => {
    const verb = part.split(" ")[0];
    return rest.length ? verb === word : verb.startsWith(word.toLowerCase());
  });
  if (rest.length)
    return ways.slice(0, 1).map((part) => ({ label: `${command.command} ${part}`, hint: "", from, insert: null }));
  return ways.slice(0, MOST).map((part) => {
    const [verb, ...args] = part.split(" ");
    return { label: `${command.command} ${verb}`, hint: args.join(" "), from, insert: args.length ? `${verb} ` : verb };
  });
}

function hintParts(hint = "") {
  return hint
    .replace(/^\[|\]$/g, "")
    .split(/\s*[|·]\s*|\s*,\s+/)
    .map((part) => part.trim())
    .filter((part) => /^[a-z]/.test(part));
}

function wordSuggestions(before) {
  const match = /(^|\s)([@#:])([\w+-]*)$/.exec(before);
  if (!match) return [];
  const [, , mark, word] = match;
  const from = before.length - word.length - 1;
  return WORDS[mark](word.toLowerCase())
    .slice(0, MOST)
    .map((one) => ({ ...one, from }));
}

const WORDS = {
  "@": (word) =>
    [...state.people.values()]
      .filter(({ name }) => name.toLowerCase().startsWith(word))
      .map(({ name }) => ({ label: `@${name}`, insert: `@${name} ` })),
  "#": (word) =>
    state.channels
      .filter((one) => !one.is_im && one.name.startsWith(word))
      .map(({ name }) => ({ label: `#${name}`, insert: `#${name} ` })),
  ":": (word) =>
    word.length < 2
      ? []
      : emojiStartingWith(word, MOST).map(({ name, emoji }) => ({ label: `${emoji} :${name}:`, insert: `${emoji} ` })),
};
