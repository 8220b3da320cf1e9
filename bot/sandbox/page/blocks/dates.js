/**
 * Dates as Slack writes them, in the zone of the person: the one of this browser, unless they live elsewhere.
 * Tokens: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 * and, for {ago}, https://docs.slack.dev/reference/block-kit/block-elements/date-element
 */

import { el } from "../dom.js";
import { me, now } from "../store.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const REFRESH_MS = 20_000;

const two = (number) => String(number).padStart(2, "0");
const formats = new Map(); // making one takes longer than using it

function formatter(locale, options) {
  const wanted = { ...options, timeZone: me()?.zone ?? undefined };
  const key = JSON.stringify([locale, wanted]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, wanted));
  return formats.get(key);
}

const write = (ts, options) => formatter("en", options).format(ts * 1000);
const NUMBERS = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };

/** Year, month, day, hour, minute and second of a moment, where the person is. */
function parts(ts) {
  const all = formatter("en", { ...NUMBERS, hourCycle: "h23" }).formatToParts(ts * 1000);
  return Object.fromEntries(all.map(({ type, value }) => [type, Number(value)]));
}

const dashed = ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`;
const slashed = ({ year, month, day }) => `${two(day)}/${two(month)}/${year}`;
const hours = ({ hour, minute }) => `${two(hour)}:${two(minute)}`;

const TOKENS = {
  date_num: (ts) => dashed(parts(ts)),
  date_slash: (ts) => slashed(parts(ts)),
  date: (ts) => `${write(ts, { month: "long" })} ${ordinal(parts(ts).day)}, ${parts(ts).year}`,
  date_short: (ts) => write(ts, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (ts) => `${write(ts, { weekday: "long" })}, ${TOKENS.date(ts)}`,
  date_long_full: (ts) => write(ts, { month: "long", day: "numeric", year: "numeric" }),
  date_pretty: (ts) => nearDay(ts) ?? TOKENS.date(ts),
  date_short_pretty: (ts) => nearDay(ts) ?? TOKENS.date_short(ts),
  date_long_pretty: (ts) => nearDay(ts) ?? TOKENS.date_long(ts),
  day_divider_pretty: (ts) => nearDay(ts) ?? dividerDay(ts),
  time: (ts) => hours(parts(ts)),
  time_secs: (ts) => `${hours(parts(ts))}:${two(parts(ts).second)}`,
  ago: (ts) => ago(ts),
};

/** `format` with each `{token}` filled in for `ts` (seconds since the epoch). */
export function formatDate(ts, format) {
  const text = format.replace(/\{(\w+)\}/g, (token, name) => (Object.hasOwn(TOKENS, name) ? TOKENS[name](ts) : token));
  // Slack capitalises "today" where it opens the text.
  return /^\{\w+_pretty\}/.test(format) ? text[0].toUpperCase() + text.slice(1) : text;
}

/** A <time> that keeps itself true: "2 minutes ago" and "today" move with the sandbox's clock. */
export function timeElement(ts, format, props = {}) {
  const exact = `${formatDate(ts, "{date_long}")}, ${formatDate(ts, "{time_secs}")}`;
  const iso = new Date(ts * 1000).toISOString();
  return el(
    "time",
    { datetime: iso, title: exact, "data-ts": ts, "data-format": format, ...props },
    formatDate(ts, format),
  );
}

/** Writes every relative time on the page anew. */
export function refreshTimes() {
  for (const node of document.querySelectorAll("time[data-format]")) {
    const text = formatDate(Number(node.dataset.ts), node.dataset.format);
    if (node.textContent !== text) node.textContent = text;
  }
}

export const keepTimesFresh = () => setInterval(refreshTimes, REFRESH_MS);

/** A day as the clock on top shows it: `Wed 25 Nov`. */
export const weekday = (ts) => formatter("en-GB", { weekday: "short", day: "numeric", month: "short" }).format(ts * 1000);

/** A key that two times of the same local day share. */
export const dayKey = (ts) => TOKENS.date_num(ts);

function nearDay(ts) {
  const days = Math.round((midnight(ts) - midnight(now())) / DAY);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

/** The day of a moment, as seconds that differ by DAY from those of the day after, whatever the clocks do. */
function midnight(ts) {
  const { year, month, day } = parts(ts);
  return Date.UTC(year, month - 1, day) / 1000;
}

function dividerDay(ts) {
  const thisYear = parts(ts).year === parts(now()).year;
  const long = TOKENS.date_long(ts);
  return thisYear ? long.replace(/, \d+$/, "") : long;
}

function ago(ts) {
  const seconds = Math.round(now() - ts);
  const words = span(Math.abs(seconds));
  if (!words) return "just now";
  return seconds >= 0 ? `${words} ago` : `in ${words}`;
}

function span(seconds) {
  if (seconds < 30) return null;
  if (seconds < HOUR) return count(Math.max(1, Math.round(seconds / MINUTE)), "minute");
  if (seconds < DAY) return count(Math.floor(seconds / HOUR), "hour");
  if (seconds < 30 * DAY) return count(Math.floor(seconds / DAY), "day");
  if (seconds < 365 * DAY) return count(Math.floor(seconds / (30 * DAY)), "month");
  return count(Math.floor(seconds / (365 * DAY)), "year");
}

const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function ordinal(day) {
  const ending = day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}
