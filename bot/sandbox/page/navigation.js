/** Where the person is: which channel, which thread; kept in the address so that a reload comes back. */

import { state, tell } from "./store.js";

export function openChannel(id) {
  if (state.channel === id) return tell("left-sidebar");
  state.channel = id;
  state.thread = null;
  history.replaceState(null, "", `#${id}`);
  tell("channel");
  return tell("thread");
}

/** Opens the thread of the message `ts`; null closes the panel. */
export function openThread(ts) {
  state.thread = ts;
  tell("thread");
}

export const channelInAddress = () => location.hash.slice(1) || null;
