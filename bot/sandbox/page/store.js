/** The workspace as this page knows it, and who wants to hear when a part of it changes. */

const listeners = new Map();

/** What is shown now. `offset` is in seconds: the sandbox's clock minus this machine's. */
export const state = {
  person: null,
  team: { name: "Onewip sandbox" },
  bot: { user: null, name: "Onewip", online: true },
  commands: [],
  shortcuts: [],
  faults: { planned: [], clicks_twice: false, envelopes_twice: false, one_a_second: false },
  flood: {}, // messages that came within a second of the one before, by channel
  people: new Map(),
  channels: [],
  messages: new Map(),
  views: [],
  demo: { broken: false, url: null },
  home: null,
  offset: 0,
  channel: null,
  tab: "Messages", // or "Home", of the conversation with the app
  thread: null,
};

/** Calls `listener` after each change of `topic`. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** The sandbox's time, in seconds since the epoch. */
export function now() {
  return Date.now() / 1000 + state.offset;
}

export const channelById = (id) => state.channels.find((channel) => channel.id === id);

/** A channel's sign: that it is archived, private, or any other. */
export const signOf = (channel) => (channel.is_archived ? "box" : channel.is_private ? "lock" : "hash");
export const messagesOf = (channel) => state.messages.get(channel) ?? [];
export const me = () => state.people.get(state.person);

/** Who wrote a message: a person, or an app. */
export function authorOf(message) {
  const person = state.people.get(message.user);
  if (person && !message.bot_id) return person;
  if (message.user === "USLACKBOT") return { id: message.user, name: "Slackbot", initials: "S" };
  return { id: message.user ?? message.bot_id, name: message.username ?? state.bot.name, isApp: true };
}

/** The channel's own lines: everything but replies that stay inside a thread. */
export function timeline(channel) {
  return messagesOf(channel).filter((one) => !isReply(one));
}

export function thread(channel, ts) {
  return messagesOf(channel).filter((one) => one.ts === ts || one.thread_ts === ts);
}

/** Where to find the bot at work, for places where it is not. */
export function whereItIs() {
  const room = state.channels.find((channel) => channel.bot_is_member && !channel.is_im);
  return room ? `The board lives in #${room.name}: type /board there.` : "";
}

/** Whether a message stays inside a thread. */
export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";
}
