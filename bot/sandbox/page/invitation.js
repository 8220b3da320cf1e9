/** One line for whoever is new here: what to try first in this channel. */

import { breakDemo } from "./api.js";
import { moveTo, nextDigest, nextQuestion } from "./clock.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openTab } from "./navigation.js";
import { state, timeline } from "./store.js";

const DISMISSED = "onewip.invited";

/** The line above a channel's messages; null where the bot is not, or for whoever has sent it away. */
export function invitation(channel, write) {
  const isAppThere = state.commands.some(({ verbs }) => verbs?.length) && channel.bot_is_member;
  if (!isAppThere || channel.is_im || !channel.is_member || localStorage.getItem(DISMISSED)) return null;
  const hasBoard = timeline(channel.id).some(({ pinned }) => pinned);
  const words = hasBoard ? board(write) : ["This board is empty. ", way("Add a first item", () => write("/board add "))];
  const node = el("div", { class: "invitation", role: "note", "aria-label": "What to try" });
  const leave = () => {
    localStorage.setItem(DISMISSED, "yes");
    node.remove();
  };
  const close = el("button", { type: "button", class: "bare", "aria-label": "Hide this line", onclick: leave }, icon("close"));
  node.append(el("p", {}, words), close);
  return node;
}

function board(write) {
  return [
    el("b", {}, "Try it: "),
    way("tick a criterion", () => write("/board tick 1")),
    ", ",
    way("break the demo site", () => breakDemo(true)),
    ", or ",
    way("see the next digest", () => moveTo(nextDigest())),
    isOwner() && [". What is in progress is yours: ", way("be asked how it goes", beAsked)],
    ".",
  ];
}

/** What the sample board has in progress belongs to the first of the team. */
const isOwner = () => state.person === [...state.people.keys()][0];

/** The question comes as a direct message to the owner of what is in progress. */
async function beAsked() {
  await moveTo(nextQuestion());
  openTab(state.channels.find((channel) => channel.is_im).id, "Messages");
}

const way = (words, onclick) => el("button", { type: "button", class: "suggested", onclick }, words);
