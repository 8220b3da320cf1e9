/** The sidebar: channels, direct messages, and at the bottom the person one acts as. */

import { avatar } from "./avatar.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { openChannel } from "./navigation.js";
import { me, on, signOf, state } from "./store.js";

export function startSidebar({ actAs }) {
  const node = document.getElementById("sidebar");
  const redraw = () => draw(node, actAs);
  for (const topic of ["snapshot", "channel", "unread", "bot"]) on(topic, redraw);
  on("message", ({ channel, old }) => !old && channel !== state.channel && redraw());
  on("open-sidebar", () => {
    document.body.classList.add("sidebar-open");
    node.querySelector("[aria-current]")?.focus();
  });
  for (const topic of ["channel", "left-sidebar"]) on(topic, leave);
  document
    .getElementById("frame")
    .addEventListener(
      "click",
      (event) => node.contains(event.target) || event.target.closest(".open-sidebar") || leave(),
    );
  node.addEventListener("keydown", (event) => event.key === "Escape" && leave());
}

const leave = () => document.body.classList.remove("sidebar-open");

function draw(node, actAs) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const those = (wanted) => state.channels.filter(wanted);
  fill(
    node,
    el("div", { class: "rooms" }, [
      rooms("Channels", those((channel) => !channel.is_im && channel.is_member)),
      rooms("Not joined", those((channel) => !channel.is_im && !channel.is_member)),
      rooms("Apps", those((channel) => channel.is_im)),
    ]),
    people(actAs),
  );
  if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function rooms(title, channels) {
  if (!channels.length) return null;
  return el(
    "section",
    {},
    el("h2", {}, title),
    el(
      "ul",
      {},
      channels.map((channel) => el("li", {}, room(channel))),
    ),
  );
}

function room(channel) {
  const open = channel.id === state.channel;
  const unread = !open && channel.unread > 0;
  const sign = channel.is_im
    ? el("span", { class: "with-presence" }, avatar({ isApp: true }, 20), presence())
    : icon(signOf(channel));
  const props = {
    class: ["room", unread && "unread", !channel.is_member && "outside"].filter(Boolean).join(" "),
    href: `#${channel.id}`,
    "data-key": channel.id,
    "aria-current": open ? "page" : null,
  };
  return el("a", { ...props, onclick: (event) => follow(event, channel.id) }, [
    sign,
    el("span", { class: "room-name" }, channel.name),
    unread && el("span", { class: "count-badge", "aria-label": `${channel.unread} unread` }, channel.unread),
  ]);
}

function follow(event, id) {
  event.preventDefault();
  openChannel(id);
}

const presence = () =>
  el("span", {
    class: state.bot.online ? "presence online" : "presence",
    title: state.bot.online ? "Connected" : "Not connected",
  });

function people(actAs) {
  const choices = [...state.people.values()].filter((person) => !person.is_bot).map((person) => choice(person, actAs));
  return el("div", { class: "act-as" }, [
    el(
      "span",
      { class: "act-as-label", id: "act-as-label" },
      `You are ${me()?.name ?? "nobody"}`,
      me() && el("span", {}, about(me())),
    ),
    el("div", { class: "people", role: "radiogroup", "aria-labelledby": "act-as-label" }, choices),
  ]);
}

/** What is special about somebody: an admin, a guest, the time where they live, what they say of themselves. */
function about(person) {
  const role = person.is_admin ? "admin" : person.is_guest && "guest";
  const elsewhere = person.zone && `in ${person.zone.split("/").at(-1)}`;
  return [role, elsewhere, person.status].filter(Boolean).map((words) => ` · ${words}`).join("");
}

function choice(person, actAs) {
  const mine = person.id === state.person;
  const box = el("input", {
    type: "radio",
    name: "person",
    value: person.id,
    checked: mine,
    "data-key": `as-${person.id}`,
    onchange: () => actAs(person.id),
  });
  return el(
    "label",
    { class: "person", title: `Act as ${person.name}${about(person)}` },
    box,
    avatar(person, 24),
    el("span", {}, person.name),
  );
}
