/** The inspector: each call of the bot and each delivery to it, with its time, its result, and both bodies; and how fast it posts. */

import { readCalls } from "./api.js";
import { timeElement } from "./blocks/dates.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { channelById, on, state, tell } from "./store.js";

const KEPT = 300;
let list = null;
let flood = null;

export function startInspector() {
  on("call", (call) => list?.isConnected && add(call));
  for (const topic of ["flood", "snapshot"]) on(topic, () => flood?.isConnected && showFlood());
}

export function inspectorPanel() {
  list = el("div", { class: "calls", role: "log", "aria-label": "Calls", tabindex: "0" });
  load(list);
  flood = el("p", { class: "flood", role: "status" });
  showFlood();
  return [flood, list];
}

/** Slack bears short bursts of messages; it is told here how far the bot counts on that. */
function showFlood() {
  const counts = Object.entries(state.flood).map(([id, count]) => `${placeName(id)} ${count}`);
  flood.hidden = counts.length === 0;
  fill(
    flood,
    counts.length > 0 &&
      `Messages less than a second after the one before: ${counts.join(", ")}. Slack takes about one a second in a channel, and may answer 429.`,
  );
}

function placeName(id) {
  const channel = channelById(id);
  if (!channel) return "elsewhere";
  return channel.is_im ? "direct messages" : `#${channel.name}`;
}

async function load(into) {
  const { calls } = await readCalls();
  const known = new Set(calls.map(({ id }) => String(id)));
  const newer = [...into.children].filter((one) => !known.has(one.dataset.call)); // came while we waited
  fill(into, newer, calls.slice(-KEPT).reverse().map(row));
  if (!into.children.length) into.append(el("p", { class: "quiet empty" }, "Nothing has gone to or from the bot yet."));
}

function add(call) {
  list.querySelector(".empty")?.remove();
  list.prepend(row(call));
  if (list.children.length > KEPT) list.lastChild.remove();
}

/** `in` is what the bot calls, `out` what it is sent. */
function row(call) {
  const good = call.result === "ok";
  const details = el("details", { class: good ? "call" : "call bad", "data-call": call.id }, [
    el("summary", {}, [
      el(
        "span",
        { class: `way way-${call.direction}`, title: call.direction === "in" ? "The bot calls" : "The bot is sent" },
        call.direction === "in" ? "bot →" : "→ bot",
      ),
      el("b", {}, call.method),
      !good && el("span", { class: "result" }, call.result),
      el("span", { class: "quiet" }, `${call.ms} ms · `, timeElement(call.at, "{time_secs}")),
    ]),
  ]);
  // The bodies are long and mostly never looked at.
  details.addEventListener(
    "toggle",
    () => details.open && details.children.length === 1 && details.append(bodies(call)),
  );
  return details;
}

function bodies(call) {
  return el("div", { class: "bodies" }, [
    call.messages.length > 0 &&
      el(
        "ul",
        { class: "complaints" },
        call.messages.map((text) => el("li", {}, text)),
      ),
    el("button", { type: "button", class: "button", onclick: () => copy(call) }, icon("copy"), "Copy as JSON"),
    el("h3", {}, "Sent"),
    el("pre", { tabindex: "0" }, pretty(call.request)),
    el("h3", {}, "Answered"),
    el("pre", { tabindex: "0" }, pretty(call.response)),
  ]);
}

const pretty = (body) => JSON.stringify(body ?? null, null, 2);

async function copy(call) {
  try {
    await navigator.clipboard.writeText(pretty(call));
    tell("notice", "Copied.");
  } catch {
    tell("notice", "The browser did not allow copying.");
  }
}
