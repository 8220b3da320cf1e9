/** One click on its way to the bot: the confirm dialog first, then what was clicked with the values around it. */

import { askConfirm } from "../confirm.js";
import { tell } from "../store.js";
import { valuesOf } from "./surface.js";

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
  if (!answer.ok) tell("notice", answer.error);
  return true;
}

/** Whether a change of this element is told at once: everywhere but in an input block that did not ask for it. */
export const tellsAtOnce = (block) => block.type !== "input" || Boolean(block.dispatch_action);
