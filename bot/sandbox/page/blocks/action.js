/** One click on its way to the bot: the confirm dialog first, then what was clicked with the values around it. */

import { askConfirm } from "../confirm.js";
import { tell } from "../store.js";
import { valuesOf } from "./surface.js";

// The server says these itself, in a notice.
const SAID_ALREADY = new Set(["dispatch_failed", "operation_timeout"]);
const WORDS = { message_not_found: "This message is not there any more.", not_found: "This is not there any more." };

/**
 * Sends what happened to `element`; `part` holds what was chosen, e.g. {value} or {selected_option}.
 * Answers false when the person thought better of it.
 */
export async function act({ surface, block, node }, element, part) {
  if (element.confirm && !(await askConfirm(element.confirm))) return false;
  node?.setAttribute("aria-busy", "true");
  const answer = await surface.send({
    block_id: block.block_id,
    action: { type: element.type, action_id: element.action_id, block_id: block.block_id, ...part },
    state: { values: valuesOf(surface) },
  });
  node?.removeAttribute("aria-busy");
  if (!answer.ok && !SAID_ALREADY.has(answer.error)) tell("notice", WORDS[answer.error] ?? answer.error);
  return true;
}

/** Whether a change of this element is told at once: everywhere but in an input block that did not ask for it. */
export const tellsAtOnce = (block) => block.type !== "input" || Boolean(block.dispatch_action);
