/** Where the person is: which channel, which tab of it, which thread. The address has it, so a reload and Back find it. */

import { state, tell } from "./store.js";

export function openChannel(id) {
  if (state.channel === id && state.tab === "Messages") return tell("left-sidebar");
  return openTab(id, "Messages");
}

/** Opens a tab of a conversation: its messages, or the app's Home. */
export function openTab(id, tab) {
  history.pushState(null, "", addressOf(id, tab));
  return arrive(id, tab);
}

/** Opens the thread of the message `ts`; null closes the panel. */
export function openThread(ts) {
  state.thread = ts;
  tell("thread");
}

/** Goes where the address says, now and whenever Back, Forward or a link of this page changes it. */
export function startNavigation() {
  Object.assign(state, placeInAddress());
  addEventListener("popstate", () => {
    const { channel, tab } = placeInAddress();
    if (state.channels.some(({ id }) => id === channel)) arrive(channel, tab);
  });
}

/** Keeps the address true when the person was taken elsewhere, with nowhere new for Back to come from. */
export const keepAddress = () => history.replaceState(null, "", addressOf(state.channel, state.tab));

function arrive(channel, tab) {
  Object.assign(state, { channel, tab, thread: null });
  tell("channel");
  return tell("thread");
}

const addressOf = (id, tab) => (tab === "Home" ? `#${id}/home` : `#${id}`);

function placeInAddress() {
  const [channel, tab] = location.hash.slice(1).split("/");
  return { channel: channel || null, tab: tab === "home" ? "Home" : "Messages" };
}
