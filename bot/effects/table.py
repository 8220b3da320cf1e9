"""The table of effects: who pays what."""

from collections.abc import Awaitable, Callable

from bot.effects.board import (
    pay_answer,
    pay_baseline,
    pay_board,
    pay_check,
    pay_finish,
    pay_home,
    pay_homes,
    pay_intro,
    pay_pin,
    pay_seal,
    pay_share,
    pay_trail,
)
from bot.effects.digest import pay_checkin, pay_digest, pay_nudge
from bot.effects.documents.files import pay_drift, pay_export, pay_next7d, pay_state
from bot.effects.means import Means
from bot.effects.production.facts import pay_expiry, pay_facts, pay_incident, pay_look, pay_report
from bot.effects.production.issue import pay_issue
from bot.effects.standup import pay_ask
from bot.effects.unshown import pay_unshown
from bot.store.outbox import Owed

EFFECTS: dict[Owed, Callable[[Means, str], Awaitable[None]]] = {
    Owed.BOARD: pay_board,
    Owed.PIN: pay_pin,
    Owed.FINISH: pay_finish,
    Owed.SEAL: pay_seal,
    Owed.CHECK: pay_check,
    Owed.DIGEST: pay_digest,
    Owed.EXPORT: pay_export,
    Owed.FACTS: pay_facts,
    Owed.NUDGE: pay_nudge,
    Owed.CHECKIN: pay_checkin,
    Owed.ASK: pay_ask,
    Owed.LOOK: pay_look,
    Owed.BASELINE: pay_baseline,
    Owed.INCIDENT: pay_incident,
    Owed.ISSUE: pay_issue,
    Owed.EXPIRY: pay_expiry,
    Owed.REPORT: pay_report,
    Owed.STATE: pay_state,
    Owed.NEXT7D: pay_next7d,
    Owed.DRIFT: pay_drift,
    Owed.SHARE: pay_share,
    Owed.TRAIL: pay_trail,
    Owed.HOME: pay_home,
    Owed.HOMES: pay_homes,
    Owed.INTRO: pay_intro,
    Owed.ANSWER: pay_answer,
    Owed.UNSHOWN: pay_unshown,
}
