/** What stands in the composer's place where nothing can be said: the way in, or the way back. */

import { say } from "./api.js";
import { el } from "./dom.js";
import { state, tell } from "./store.js";

/** The line for such a channel; null where one can write. */
export function outside(channel) {
  const archived = `#${channel.name} is archived: it can be read, and nothing is said in it.`;
  if (channel.is_archived) return line(channel, archived, "/unarchive", "Unarchive");
  if (!channel.is_member) return line(channel, `You look at #${channel.name}, and are not in it.`, "/join", "Join");
  return null;
}

function line(channel, words, command, label) {
  const onclick = async () => {
    const answer = await say({ person: state.person, channel: channel.id, text: command });
    if (!answer.ok) tell("notice", answer.error);
  };
  return el("div", { class: "outside-line" }, [
    el("span", {}, words),
    el("button", { type: "button", class: "button", title: `Says ${command}`, onclick }, label),
  ]);
}
