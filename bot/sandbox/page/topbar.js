/** The thin bar on top: what this is, what time it is here, and the switches that no real workspace has. */

import { breakDemo, reset } from "./api.js";
import { formatDate, refreshTimes, weekday } from "./blocks/dates.js";
import { DAY, HOUR, moveTo, nextDigest, nextQuestion, setAhead } from "./clock.js";
import { askConfirm } from "./confirm.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { now, on, state, tell } from "./store.js";

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
      el("span", { class: "clock-day" }, weekday(now())),
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
  const ahead = (seconds) => () => setAhead(state.offset + seconds);
  const to = (text, what, moment) => ({
    text,
    more: `${what}, ${formatDate(moment, "{date_short_pretty} at {time}")}`,
    choose: () => moveTo(moment),
  });
  const items = [
    { text: "One hour ahead", choose: ahead(HOUR) },
    { text: "One day ahead", choose: ahead(DAY) },
    to("To the next digest", "of the sample board", nextDigest()),
    to("To the next question", "to the owner of what is in progress", nextQuestion()),
  ];
  return state.offset === 0 ? items : [...items, { text: "Back to now", choose: () => setAhead(0) }];
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
