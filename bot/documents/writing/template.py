"""The documents of a board that has none yet, in the form of the originals, with their rules."""

from collections.abc import Mapping

from bot.core.board.model import Slots
from bot.documents.vocabulary import WIP_EACH

NEW = """\
# NEXT 7 DAYS

**Last Updated**: 2000-01-01 00:00 UTC

## WIP (1 item only)
(none)

## NEXT (ordered, max 3)
(none)

## DONE (this week)
(none)

---

## Rules

### WIP Limit = 1
Only ONE item in WIP at any time. No exceptions.

### DoD Required
Every item must have measurable Definition of Done before starting work.

### State Updates
After completing WIP item:
1. Move to DONE section
2. Update `STATE.md` (move from IN PROGRESS to STABLE/CLOSED)
3. Pull next item from NEXT to WIP
4. Run the prod facts to verify PROD still healthy

### Estimation
Optional but helpful for planning. Reality: most tasks take 2-4 hours of focused work.
"""

NEW_STATE = """\
# STATE

**Last Updated**: 2000-01-01 00:00 UTC

## CLOSED ✅ (do not reopen without NEW proof)
- (none)

## STABLE ✓ (working with evidence)
- (none)

## IN PROGRESS → (WIP=1 ONLY)
- (none)

## BLOCKED ⚠️
- (none)

---

## How to Use This System

### Rule: WIP Limit = 1
Only ONE item can be "IN PROGRESS" at any time. This prevents context switching and ensures completion.

### What comes next
`NEXT-7D.md` says what comes next, in order.
"""

# What the documents say otherwise where each person has one item in progress.
FOR_EACH: Mapping[str, str] = {
    "WIP (1 item only)": WIP_EACH,
    "(WIP=1 ONLY)": "(WIP=1 EACH)",
    "WIP Limit = 1": "WIP Limit = 1 each",
    "Only ONE item in WIP at any time. No exceptions.": "Only ONE item in WIP for each person at any time.",
    'Only ONE item can be "IN PROGRESS" at any time.': 'Only ONE item of each person can be "IN PROGRESS" at any time.',
}


def new(slots: Slots) -> str:
    """Return a new NEXT-7D.md without items."""
    return _for(slots, NEW)


def new_state(slots: Slots) -> str:
    """Return a new STATE.md without entries."""
    return _for(slots, NEW_STATE)


def _for(slots: Slots, text: str) -> str:
    for words, for_each in FOR_EACH.items() if slots is Slots.PERSON else ():
        text = text.replace(words, for_each)
    return text
