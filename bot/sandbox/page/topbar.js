/** The thin bar on top: what this is, what time it is here, and the switches that no real workspace has. */

import { breakDemo, moveClock, reset } from "./api.js";
import { formatDate, refreshTimes } from "./blocks/dates.js";
import { askConfirm } from "./confirm.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { now, on, state, tell } from "./store.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const DIGEST_AT = 9; // o'clock UTC, on workdays: when the sample board's digest is due

export function startTopbar() {
  const clock = clockButton();
  const demo = demoSwitch();
  fill(document.getElementById("topbar"), brand(), clock, [
    el(
      "span",
      { class: "topbar-tools" },
      demo,
      tool("inspect", "Inspector", "inspector"),
      tool("fault", "Faults", "faults"),
      resetButton(),
    ),
  ]);
  const tick = () =>
    fill(
      clock,
      icon("clock"),
      el("span", { class: "clock-day" }, clockDay()),
      el("span", {}, formatDate(now(), "{time}")),
      state.offset !== 0 && el("span", { class: "moved" }, movedText()),
    );
  for (const topic of ["snapshot", "clock"]) on(topic, tick);
  on("clock", refreshTimes);
  setInterval(tick, 10_000);
  for (const topic of ["snapshot", "demo"])
    on(topic, () => demo.setAttribute("aria-checked", String(state.demo.broken)));
}

// It looks like a chat app people know, so it says at once that it is not that app.
function brand() {
  return el("span", { class: "brand" }, [
    el("img", { class: "avatar avatar-24", src: "/page/onewip.svg", alt: "" }),
    el("b", {}, "Onewip sandbox"),
    el("span", { class: "wide tagline" }, "a Slack in a box, on this machine only"),
  ]);
}

const clockDay = () =>
  new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" }).format(now() * 1000);

function movedText() {
  const hours = Math.round(Math.abs(state.offset) / HOUR);
  const span = hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
  return `${span} ${state.offset > 0 ? "ahead" : "behind"}`;
}

function clockButton() {
  const button = el("button", {
    type: "button",
    class: "topbar-button clock",
    "aria-haspopup": "menu",
    title: "Move the sandbox's clock",
  });
  button.addEventListener("click", () => openMenu(button, clockChoices()));
  return button;
}

function clockChoices() {
  const ahead = (seconds) => () => set(state.offset + seconds);
  const items = [
    { text: "One hour ahead", choose: ahead(HOUR) },
    { text: "One day ahead", choose: ahead(DAY) },
    {
      text: "To the next digest",
      more: `of the sample board, ${formatDate(nextDigest(), "{date_short_pretty} at {time}")}`,
      choose: () => set(state.offset + nextDigest() - now()),
    },
  ];
  return state.offset === 0 ? items : [...items, { text: "Back to now", choose: () => set(0) }];
}

/** The moment just after the sample board's next digest is due, in seconds since the epoch. */
function nextDigest() {
  const slot = new Date(now() * 1000);
  slot.setUTCHours(DIGEST_AT, 0, 5, 0);
  const isWorkday = () => slot.getUTCDay() >= 1 && slot.getUTCDay() <= 5;
  while (slot / 1000 <= now() || !isWorkday()) slot.setUTCDate(slot.getUTCDate() + 1);
  return slot / 1000;
}

async function set(offset) {
  const answer = await moveClock(Math.round(offset));
  if (!answer.ok) tell("notice", answer.error);
}

function demoSwitch() {
  const node = el(
    "button",
    {
      type: "button",
      class: "topbar-button switch",
      role: "switch",
      "aria-checked": "false",
      "aria-label": "Break the demo site",
      title: "The demo site is a small shop on this machine; the production facts look at it",
    },
    el("span", { class: "knob" }),
    el("span", {}, "Break the demo site"),
  );
  node.addEventListener("click", () => breakDemo(!state.demo.broken));
  return node;
}

function tool(iconName, name, drawer) {
  const button = el(
    "button",
    { type: "button", class: "topbar-button", title: name, "aria-label": name, "aria-expanded": "false" },
    icon(iconName),
    el("span", { class: "wide" }, name),
  );
  button.addEventListener("click", () => tell("drawer", drawer));
  on("drawer-shown", (shown) => button.setAttribute("aria-expanded", String(shown === drawer)));
  return button;
}

function resetButton() {
  const button = el(
    "button",
    { type: "button", class: "topbar-button", title: "Reset the workspace", "aria-label": "Reset the workspace" },
    icon("reset"),
  );
  button.addEventListener("click", async () => {
    const sure = await askConfirm({
      title: { text: "Reset the workspace?" },
      text: { type: "mrkdwn", text: "Every message, board and setting in the sandbox goes, and it starts as new." },
      confirm: { text: "Reset" },
      style: "danger",
    });
    if (sure) await reset();
  });
  return button;
}
