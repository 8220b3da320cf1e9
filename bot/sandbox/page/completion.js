/** What could come next in the composer: commands and their words, people, channels, emoji. */

import { emojiStartingWith } from "./blocks/emoji.js";
import { state } from "./store.js";

const MOST = 9; // words; of a command's verbs all are shown, and the list scrolls

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

// What the app says of its verbs; else the manifest's hint, which is one line, "add TITLE | start N | tick N k".
function verbSuggestions(command, typed, from) {
  const [word, ...rest] = typed.split(" ");
  const ways = waysOf(command).filter(({ usage }) => {
    const verb = usage.split(" ")[0];
    return rest.length ? verb === word.toLowerCase() : verb.startsWith(word.toLowerCase());
  });
  if (rest.length)
    return ways
      .slice(0, 1)
      .map(({ usage, does }) => ({ label: `${command.command} ${usage}`, more: does, from, insert: null }));
  return ways.map(({ usage, does }) => {
    const [verb, ...args] = usage.split(" ");
    const insert = args.length ? `${verb} ` : verb;
    return { label: `${command.command} ${verb}`, hint: args.join(" "), more: does, from, insert };
  });
}

const waysOf = (command) =>
  command.verbs?.length ? command.verbs : hintParts(command.usage_hint).map((usage) => ({ usage }));

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
