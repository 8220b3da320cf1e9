/** Troubles on demand: calls that fail, a line that drops, clicks that come twice. */

import { redeliver, setFaults, troubleSocket } from "./api.js";
import { el, fill } from "./dom.js";
import { state, tell } from "./store.js";

const KINDS = {
  429: "Too many requests (429)",
  500: "Server error (500)",
  reset_before: "Connection lost before the change",
  reset_after: "Connection lost after the change",
  delay: "Slow answer",
};
const METHODS = [
  "*",
  "chat.postMessage",
  "chat.update",
  "chat.postEphemeral",
  "views.open",
  "views.push",
  "views.update",
  "pins.add",
  "users.info",
  "files.getUploadURLExternal",
  "file upload",
  "files.completeUploadExternal",
];

export function faultsPanel() {
  const planned = el("ul", { class: "planned", "aria-label": "Planned faults" });
  const node = el("div", { class: "faults" }, planForm(planned), planned, alwaysOn(planned), lineButtons());
  showPlanned(planned);
  return node;
}

function planForm(planned) {
  const method = choice(
    "Method",
    METHODS.map((name) => [name, name === "*" ? "any method" : name]),
  );
  const kind = choice("What happens", Object.entries(KINDS));
  const times = number("How many calls", 1);
  const seconds = number("Seconds (of delay, or to wait)", 2);
  const form = el("form", { class: "fault-form" }, [
    el("h3", {}, "The next calls fail"),
    [method, kind, times, seconds].map(({ label }) => label),
    el("button", { type: "submit", class: "button button-primary" }, "Plan it"),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const order = {
      method: method.field.value,
      kind: kind.field.value,
      times: Number(times.field.value),
      seconds: Number(seconds.field.value),
    };
    change(order, planned);
  });
  return form;
}

function alwaysOn(planned) {
  return el("fieldset", { class: "always" }, [
    el("legend", {}, "While switched on"),
    toggle("Clicks arrive twice", "clicks_twice", planned),
    toggle("Acks get lost: every request is delivered again", "envelopes_twice", planned),
    toggle("One message a second in a channel", "one_a_second", planned),
  ]);
}

function toggle(text, name, planned) {
  const box = el("input", { type: "checkbox", checked: state.faults[name] });
  box.addEventListener("change", () => change({ [name]: box.checked }, planned));
  return el("label", { class: "choice" }, box, text);
}

function lineButtons() {
  const button = (text, deed) => el("button", { type: "button", class: "button", onclick: () => report(deed()) }, text);
  return el("div", { class: "line" }, [
    el("h3", {}, "The line to the bot"),
    el("div", { class: "actions" }, [
      button("Drop the socket", () => troubleSocket("drop")),
      button("Ask to reconnect", () => troubleSocket("refresh")),
      button("Redeliver the last event", redeliver),
    ]),
  ]);
}

async function change(order, planned) {
  const answer = await report(setFaults(order));
  if (!answer.ok) return;
  state.faults = answer.faults;
  showPlanned(planned);
}

async function report(asked) {
  const answer = await asked;
  if (!answer.ok) tell("notice", answer.response_metadata?.messages?.join(" ") ?? answer.error);
  return answer;
}

function showPlanned(node) {
  const { planned } = state.faults;
  fill(
    node,
    planned.map((one) =>
      el("li", {}, `${one.method === "*" ? "any method" : one.method}: ${KINDS[one.kind]}, ${one.times} ×`),
    ),
  );
  if (!planned.length) return;
  node.append(
    el(
      "li",
      {},
      el("button", { type: "button", class: "button", onclick: () => change({ clear: true }, node) }, "Clear all"),
    ),
  );
}

function choice(text, options) {
  const field = el(
    "select",
    { class: "select" },
    options.map(([value, name]) => el("option", { value }, name)),
  );
  return { field, label: el("label", {}, text, el("span", { class: "select-box" }, field)) };
}

function number(text, value) {
  const field = el("input", { class: "input", type: "number", min: "1", value });
  return { field, label: el("label", {}, text, field) };
}
