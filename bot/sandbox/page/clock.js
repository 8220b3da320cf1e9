/** Moving the sandbox's clock: by a span, or to what the sample board has coming. */

import { moveClock } from "./api.js";
import { now, state, tell } from "./store.js";

export const HOUR = 3600;
export const DAY = 24 * HOUR;

// Of the sample board, in UTC: its digest is due at nine on workdays. Half an hour before, whoever owns what is in
// progress is asked how it goes, if the last word on it is older than a day of work.
const MONDAY = 1;
const TUESDAY = 2;
const FRIDAY = 5;

/** The moment just after the next digest is due, in seconds since the epoch. */
export const nextDigest = () => next([9, 0], MONDAY, now());

/** The moment just after an owner is asked how it goes, in seconds since the epoch. */
export const nextQuestion = () => next([8, 30], TUESDAY, now() + DAY);

/** Moves the clock on to a moment, in seconds since the epoch. */
export const moveTo = (moment) => setAhead(state.offset + moment - now());

/** Sets how many seconds the sandbox is ahead of this machine. */
export async function setAhead(seconds) {
  const answer = await moveClock(Math.round(seconds));
  if (!answer.ok) tell("notice", answer.error);
}

function next([hour, minute], firstDay, after) {
  const slot = new Date(after * 1000);
  slot.setUTCHours(hour, minute, 5, 0);
  const isOne = () => slot.getUTCDay() >= firstDay && slot.getUTCDay() <= FRIDAY;
  while (slot / 1000 <= after || !isOne()) slot.setUTCDate(slot.getUTCDate() + 1);
  return slot / 1000;
}
