"""The documents of a board that has none yet, in the form of the originals, with their rules."""

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
