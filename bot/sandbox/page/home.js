/** The app's Home tab. */

import { click, openHome, search } from "./api.js";
import { showBlocks } from "./blocks/blocks.js";
import { createSurface } from "./blocks/surface.js";
import { el, fill } from "./dom.js";
import { on, state, whereItIs } from "./store.js";

let shown = null;

export function startHome() {
  on("home", () => shown?.isConnected && draw());
}

/** The tab's content; it follows later changes while it is on the page. */
export function homeView() {
  const body = el("div", { class: "body" });
  const send = (action) => click({ ...action, person: state.person, view_id: state.home.id });
  shown = el("div", { class: "scroller home", role: "tabpanel", "aria-label": "Home", tabindex: "0" }, body);
  const ask = (typed) => search({ ...typed, person: state.person, view_id: state.home.id });
  shown.surface = createSurface("home", send, ask);
  draw();
  openHome(state.person);
  return shown;
}

function draw() {
  const body = shown.firstChild;
  if (state.home) showBlocks(body, state.home.blocks, shown.surface);
  else fill(body, el("p", { class: "quiet" }, `${state.bot.name} has put nothing on its Home tab. ${whereItIs()}`));
}
