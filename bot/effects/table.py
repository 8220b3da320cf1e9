"""The table of effects: who pays what."""

from collections.abc import Awaitable, Callable

from bot.effects.answer import pay_answer
from bot.effects.board import pay_board, pay_pin, pay_share
from bot.effects.checkin import pay_checkin
from bot.effects.digest import pay_digest
from bot.effects.export import pay_export
from bot.effects.facts import pay_facts
from bot.effects.files import pay_drift, pay_next7d, pay_state
from bot.effects.finish import pay_baseline, pay_check, pay_finish
from bot.effects.home import pay_home, pay_homes
from bot.effects.incident import pay_incident
from bot.effects.introduction import pay_intro
from bot.effects.issue import pay_issue
from bot.effects.look import pay_expiry, pay_look
from bot.effects.means import Means
from bot.effects.nudge import pay_nudge
from bot.effects.report import pay_report
from bot.effects.trail import pay_trail
from bot.store.outbox import Owed

EFFECTS: dict[Owed, Callable[[Means, str], Awaitable[None]]] = {
    Owed.BOARD: pay_board,
    Owed.PIN: pay_pin,
    Owed.FINISH: pay_finish,
    Owed.SEAL: pay_finish,
    Owed.CHECK: pay_check,
    Owed.DIGEST: pay_digest,
    Owed.EXPORT: pay_export,
    Owed.FACTS: pay_facts,
    Owed.NUDGE: pay_nudge,
    Owed.CHECKIN: pay_checkin,
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
}
