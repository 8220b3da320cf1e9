/** How a snapshot or one change from the server becomes the page's state. */

import { keepAddress } from "./navigation.js";
import { channelById, isReply, messagesOf, state, tell, thread } from "./store.js";

const byTime = (one, other) => Number(one.ts) - Number(other.ts);

/** Takes over a whole snapshot. */
export function takeSnapshot(snapshot) {
  Object.assign(state, {
    person: snapshot.person,
    team: snapshot.team,
    bot: snapshot.bot,
    commands: snapshot.commands,
    shortcuts: snapshot.shortcuts ?? [],
    faults: snapshot.faults ?? state.faults,
    flood: snapshot.flood ?? {},
    people: new Map(snapshot.people.map((person) => [person.id, person])),
    channels: snapshot.channels,
    messages: new Map(Object.entries(snapshot.messages).map(([id, list]) => [id, [...list].sort(byTime)])),
    views: snapshot.views,
    demo: snapshot.demo,
    home: snapshot.home ?? null,
    offset: offsetTo(snapshot.now),
  });
  if (!channelById(state.channel)) settle();
  if (!thread(state.channel, state.thread).length) state.thread = null; // it went with a reset
  tell("snapshot");
}

/** Somebody else has other conversations: who was with the app is with it again, anybody else in the first channel. */
function settle() {
  const direct = state.channel?.startsWith("D") && state.channels.find((channel) => channel.is_im);
  state.channel = (direct || state.channels[0])?.id ?? null;
  if (!direct) state.tab = "Messages";
  keepAddress();
}

const CHANGES = {
  message: ({ channel, message }) => {
    const old = put(channel, message);
    if (!old) countUnread(channel, message);
    tell("message", { channel, message, old });
  },
  gone: ({ channel, ts }) => {
    state.messages.set(
      channel,
      messagesOf(channel).filter((one) => one.ts !== ts),
    );
    tell("message", { channel });
  },
  views: ({ views }) => {
    state.views = views;
    tell("views");
  },
  errors: (change) => tell("errors", change),
  bot: ({ online }) => {
    state.bot = { ...state.bot, online };
    tell("bot");
  },
  demo: ({ broken }) => {
    state.demo = { ...state.demo, broken };
    tell("demo");
  },
  clock: ({ now }) => {
    state.offset = offsetTo(now);
    tell("clock");
  },
  call: ({ call }) => tell("call", call),
  flood: ({ channels }) => {
    state.flood = channels;
    tell("flood");
  },
  notice: ({ text }) => tell("notice", text),
  home: ({ view }) => {
    state.home = view;
    tell("home");
  },
};

/** Takes over one change; a kind this page does not know is left alone. */
export function takeChange(change) {
  CHANGES[change.type]?.(change);
}

// Network delay makes the difference jitter by milliseconds; a clock nobody moved must read exactly zero.
function offsetTo(serverNow) {
  const seconds = Math.round(serverNow - Date.now() / 1000);
  return Math.abs(seconds) <= 2 ? 0 : seconds;
}

function countUnread(id, message) {
  const channel = channelById(id);
  if (channel?.is_member && id !== state.channel && message.user !== state.person && !isReply(message)) channel.unread += 1;
}

function put(channel, message) {
  const list = [...messagesOf(channel)];
  const at = list.findIndex((one) => one.ts === message.ts);
  const old = at >= 0 ? list[at] : null;
  if (old) list[at] = message;
  else list.push(message);
  if (!old) list.sort(byTime);
  state.messages.set(channel, list);
  return old;
}
