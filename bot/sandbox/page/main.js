/** Starts the page: every room once, then the line to the server. */

import { readState } from "./api.js";
import { keepTimesFresh } from "./blocks/dates.js";
import { startChannel } from "./channel.js";
import { takeChange, takeSnapshot } from "./changes.js";
import { startDrawer } from "./drawer.js";
import { startHome } from "./home.js";
import { startInspector } from "./inspector.js";
import { startKeyboard } from "./keyboard.js";
import { follow } from "./live.js";
import { startModals } from "./modal.js";
import { startNavigation } from "./navigation.js";
import { startNotices } from "./notices.js";
import { startSidebar } from "./sidebar.js";
import { state, tell } from "./store.js";
import { startThread } from "./thread.js";
import { startTopbar } from "./topbar.js";

const REMEMBERED = "onewip.person";
let hangUp = null;
let fresh = true;

async function start() {
  startNotices();
  startTopbar();
  startSidebar({ actAs });
  startChannel();
  startHome();
  startThread();
  startDrawer();
  startInspector();
  startModals();
  startKeyboard();
  keepTimesFresh();
  startNavigation();
  connect(localStorage.getItem(REMEMBERED) ?? (await readState("", { fresh })).person);
}

/** Becomes another person: nothing of the old one's view may stay. */
function actAs(person) {
  localStorage.setItem(REMEMBERED, person);
  state.thread = null;
  connect(person);
}

function connect(person) {
  hangUp?.();
  hangUp = follow(person, {
    onOpen: async () => {
      takeSnapshot(await readState(person, { fresh }));
      fresh = false;
      document.body.classList.remove("lost");
    },
    onChange: (change) => (change.type === "reset" ? connect(state.person) : takeChange(change)),
    onLost: () => {
      document.body.classList.add("lost");
      tell("lost");
    },
  });
}

start();
