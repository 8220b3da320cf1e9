/**
 * Which conversations a menu offers to this person.
 * docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
 */

import { state } from "../store.js";

/** Public and private channels as {key, text}; an archived one is offered nowhere. */
export const channels = () => offered((channel) => !channel.is_im);

/** What a menu of conversations offers: all of them, or what its filter lets through. */
export function conversations({ filter = {} }) {
  const kinds = filter.include ?? ["im", "mpim", "private", "public"];
  const isBots = (channel) => channel.is_im; // each direct message here is with the bot
  return offered((channel) => kinds.includes(kindOf(channel)) && !(filter.exclude_bot_users && isBots(channel)));
}

/** The conversation a menu starts with; the open one only where the menu offers it. */
export function startsWith(element) {
  if (element.initial_conversation || !element.default_to_current_conversation) return element.initial_conversation;
  return conversations(element).some(({ key }) => key === state.channel) ? state.channel : null;
}

const offered = (wanted) =>
  state.channels
    .filter((channel) => !channel.is_archived && wanted(channel))
    .map((channel) => ({ key: channel.id, text: channel.is_im ? channel.name : `#${channel.name}` }));

function kindOf(channel) {
  if (channel.is_im) return "im";
  return channel.is_private ? "private" : "public";
}
