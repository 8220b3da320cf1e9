"""Every view of boards of every size, with the longest texts that people may write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from bot.core.board import gate, moves
from bot.core.board.edits import Draft
from bot.core.board.history import DEEDS, MET, OPENED, TICKS, UNDO, Event, noted
from bot.core.board.model import Block as Parked
from bot.core.board.model import Board, Criterion, CriterionState, Item, Lane, Note, Outcome, Slots
from bot.core.board.ways import MOVES
from bot.core.digest.checkin import Checkin, Obstacle
from bot.core.digest.schedule import Plan
from bot.core.digest.standup import Member, Standup, hold
from bot.core.digest.summary import compose
from bot.core.digest.week import Answers, Uptime, look_back
from bot.core.people import Person
from bot.core.production.incidents import Incident, Pause, Window
from bot.core.production.readings import Health, Reading, Run
from bot.core.production.story import Entry, Told
from bot.core.production.story import Note as Happened
from bot.core.production.strip import strip
from bot.documents.next7d import Doubt
from bot.errors import UserError
from bot.sandbox.rules import Surface
from bot.services.board.finishes import FileLine, Ledger
from bot.services.board.history import Log
from bot.services.board.look import Gate, Sight
from bot.services.digest.checkins import Place
from bot.services.digest.nudges import Nudge
from bot.services.digest.outlook import Missed, Outlook
from bot.services.documents.drift import Drift
from bot.services.documents.importing import Imported
from bot.services.ops.doctor import Checkup, Condition, FileState
from bot.services.ops.findings import WELL, Finding
from bot.services.production.incidents import Sight as Sighted
from bot.services.production.sheet import Line, Sheet
from bot.slack.board import board, dod, finish, finish_post, history, item
from bot.slack.digest import checkin, message, nudge, settings
from bot.slack.documents import export, importing, notice
from bot.slack.layout import forms, words
from bot.slack.layout.blocks import button
from bot.slack.layout.richtext import Aside
from bot.slack.ops import doctor, scopes
from bot.slack.production import incident, readings
from bot.store.board.finishes import FileStep
from bot.store.digest.digests import Claim
from bot.store.documents import Kept
from bot.store.outbox import Lost, Owed
from tests.depth import tried
from tests.fakes import MONDAY
from tests.people import ALICE

# What people write, repeated until it is as long as it may be.
SCRIPTS = {
    "latin": "Consolidate the verification docs of the MVP, ",
    "greek": "Ενοποίηση των εγγράφων επαλήθευσης του προϊόντος, ",
    "arabic": "توحيد وثائق التحقق من المنتج ، ",
    "hebrew": "איחוד מסמכי האימות של המוצר, ",
    "emoji": "👩🏽‍💻🏳️‍🌈🚀",
    "markup": "<!channel> & <@U1> *x* `y` _z_ ~w~ <https://x.test|here> :tada:\n> quote ",
    "ampersands": "&",
    "one word": "x",
}
PICTURE = "https://pictures.test/" + "x" * 2900  # nearly as long as an address may be
SIZES = tried((0, 1, 4, 500), deep=(0, 1, 2, 3, 4, 10, 500, 2000), quick=(0, 1, 4))


@dataclass(frozen=True)
class Exhibit:
    """A payload as Slack gets it."""

    name: str
    surface: Surface
    payload: object


FEW = "Check the orders page"  # words to be read


def long(script: str, limit: int) -> str:
    """Words of a script, as many characters as the limit allows; what is no script are the words themselves."""
    if script not in SCRIPTS:
        return script[:limit]
    words = SCRIPTS[script]
    return (words * (limit // len(words) + 1))[:limit]


def exhibits(script: str, size: int) -> Iterator[Exhibit]:
    """Every view of a board of `size` items."""
    shown = a_board(script, size)
    sight = Sight("C1", shown, 1, Plan(), None, a_run(script), MONDAY, has_facts=True)
    for has_facts in (True, False):
        share = (button("Share to channel", "share"),)
        yield Exhibit("board", "blocks", board.message(replace(sight, has_facts=has_facts), extra=share))
        yield from _of_digest(script, shown, has_facts)
    yield Exhibit("the board, production never asked", "blocks", board.message(replace(sight, run=None)))
    yield Exhibit("board of people", "blocks", board.message(replace(sight, board=_each(script))))
    yield Exhibit("add", "modal", forms.add("C1", shown, Draft(long(script, 4000)), ALICE))
    hints = tuple((long(script, 500), "What would show it?") for _ in range(10))
    yield Exhibit("add, vague", "modal", forms.add("C1", shown, Draft("t", dod=long(script, 3000)), ALICE, hints=hints))
    yield Exhibit("settings", "modal", settings.dialog(sight, Person("U1", long(script, 80))))
    yield from _of_history(script)
    yield from _of_facts(script)
    yield from _of_files(shown, script)
    yield from _of_doctor(script, size)
    yield from _of_refusals(shown)
    for lane in Lane:
        if shown.lane(lane):
            yield from _of_item(shown, shown.lane(lane)[-1], script)


def _of_item(shown: Board, one: Item, script: str) -> Iterator[Exhibit]:
    yield Exhibit(f"card of {one.lane}", "blocks", item.card(one, shown, MONDAY))
    yield Exhibit("card in a dialog", "modal", words.notice("C1", item.card(one, shown, MONDAY)))
    vague = tuple((criterion.text, "What would show it?") for criterion in one.dod)
    for hints in ((), vague):
        yield Exhibit("dod", "modal", dod.dialog("C1", one, hints=hints))
    for verb in dod.ASKED:
        yield Exhibit(f"dod: {verb}", "modal", dod.ask(verb, "C1", one, 1, over="V1"))
    yield Exhibit("edit", "modal", forms.edit("C1", one))
    yield Exhibit("assign", "modal", forms.assign("C1", one))
    answers = gate.questions(shown, one, shown.done, Health.RED, MONDAY)
    yield Exhibit("gate", "blocks", history.gate_answers(Gate(one, answers)))
    yield Exhibit("status", "modal", forms.status("C1", one))
    for verb in forms.REASONS:
        yield Exhibit(f"reason to {verb}", "modal", forms.reason(verb, "C1", one))
    yield Exhibit("finish", "modal", finish.dialog("C1", shown, one, ALICE))
    yield Exhibit("still open", "modal", finish.dialog("C1", shown, one, ALICE, answer=finish.still_open(one)))
    done = replace(one, finished=MONDAY, finished_by=one.owner, outcome=Outcome.STABLE)
    for then in (None, one):
        yield Exhibit("confirm", "modal", finish.confirm(_asked(shown), one, Outcome.STABLE, then))
        for checks, run in (("none", None), ("owed", None), ("done", a_run(script))):
            refused = "" if then else long(script, 3000)
            ledger = Ledger(item=done, next=then, refused=refused, checks=checks, run=run, zone=UTC)
            for undone in (False, True):
                yield Exhibit("finish post", "blocks", finish_post.post(replace(ledger, undone=undone), MONDAY))
            if run:
                better = replace(run, readings=tuple(replace(one, health=Health.GREEN) for one in run.readings))
                post = finish_post.post(replace(ledger, baseline=better), MONDAY)
                yield Exhibit("finish post, compared", "blocks", post)


def _asked(shown: Board) -> Sight:
    """A board whose production can be asked and was not yet."""
    return Sight("C1", shown, 1, Plan(), None, None, MONDAY, has_facts=True)


def _of_digest(script: str, shown: Board, has_facts: bool) -> Iterator[Exhibit]:
    day, since, waiting = date(2026, 3, 6), MONDAY + timedelta(days=3), MONDAY + timedelta(days=7)
    done = [Event(k, "finish", one.number, None, waiting) for k, one in enumerate(shown.done)]
    moved = [Event(k, "start", k, None, waiting) for k in range(1, 40)]
    waived = [Event(k, "waive", k, None, waiting, long(script, 500)) for k in range(1, 40)]
    happened = [*done, *moved, *waived]
    uptime = Uptime(99, 100, long(script, 200), 91.5)
    answers = Answers(23, 5)
    week = look_back(shown, happened, Plan(), since, waiting + timedelta(days=2), uptime, None, answers)
    held = a_standup(script, shown)
    for events in ([], happened):
        for late, told in ((None, None), (timedelta(minutes=90), week)):
            found = compose(shown, events, day, waiting, since=since, run=a_run(script), is_run_for_it=False)
            found = replace(found, late_by=late, week=told, has_facts=has_facts)
            for is_posted in (False, True):
                blocks = message.digest(found, is_posted=is_posted)
                yield Exhibit("weekly digest" if told else "digest", "blocks", blocks)
        yield Exhibit("standup", "blocks", message.digest(replace(found, standup=held), is_posted=True))
    for one in shown.blocked[:1]:
        asked = Nudge(one, Person("U0OWNER", "Alice"), Plan(), MONDAY)
        yield Exhibit("nudge", "blocks", nudge.request_note("C1", asked))
        who = Person("U1", long(script, 80))
        for said in (None, Checkin(who, long(script, 3000), long(script, 3000), long(script, 3000), MONDAY)):
            obstacle = Obstacle(who, long(script, 3000), MONDAY, one.number) if said else None
            place = Place(day, "1.0", said, one, obstacle, one if said else None)
            yield Exhibit("checkin", "modal", checkin.dialog("C1", place, waiting))
            yield Exhibit("checkin", "blocks", checkin.answer(place) if said else words.line("-"))


def a_standup(script: str, shown: Board) -> Standup:
    """Thirty people who say much, and some who say nothing, or are away and say why."""
    people = [Person(f"U{k}", long(script, 80)) for k in range(40)]
    members = [Member(person, long(script, 100) if k % 10 == 9 else "") for k, person in enumerate(people)]
    texts = (long(script, 3000), long(script, 3000), long(script, 3000))
    answers = [Checkin(person, *texts, MONDAY, long(script, 3000), MONDAY) for person in people[:30]]
    return hold(members, answers, [replace(answer, number=None) for answer in answers], shown)


def _of_history(script: str) -> Iterator[Exhibit]:
    who = Person("U1", long(script, 80))
    verbs = [*MOVES, *DEEDS, *TICKS, UNDO]
    events = tuple(Event(k, verb, 1, who, MONDAY, a_note(verb, script)) for k, verb in enumerate(verbs))
    yield Exhibit("log", "blocks", history.log_page(Log(events[-15:], 1, 1, 2)))
    yield Exhibit("log of the board", "blocks", history.log_page(Log((), None, 1, 0)))
    yield Exhibit("undone", "blocks", history.taken_back(events))


def a_note(verb: str, script: str) -> str:
    """What an event of that kind keeps."""
    words = long(script, 3000)
    if verb in TICKS:
        return noted(3, [MET + words] * 3 + [OPENED + words])
    return noted(3, [words] * 2) if verb == UNDO else words


def _of_facts(script: str) -> Iterator[Exhibit]:
    for run in (a_run(script), a_run(script, 0), a_run(script, 1)):
        for pause in (None, Pause(Window(MONDAY, MONDAY, frozenset({long(script, 80)})), long(script, 80))):
            found = a_sheet(script, run, pause)
            yield Exhibit("facts", "blocks", readings.sheet(found, fault=long(script, 3000)))
            yield Exhibit("facts in a dialog", "modal", words.notice("C1", readings.sheet(found, has_chart=False)))
            yield Exhibit("facts of a run", "blocks", readings.sheet(found, only=frozenset(), took_ms=1234))
            yield Exhibit("history of facts", "blocks", readings.history(found))
            yield from (Exhibit("last reading", "blocks", readings.last(look)) for look in found.lines[:3])
    yield Exhibit("certificate", "blocks", readings.certificate(long(script, 80), 14)[1])
    for change in range(3):
        yield from _of_incident(script, 1 + 20 * change)


def _of_incident(script: str, size: int) -> Iterator[Exhibit]:
    """An incident of so many facts, open, taken, and over, and every note of its thread."""
    names = tuple(f"{k} {long(script, 70)}" for k in range(size))
    readings = {name: Reading(name, "http", Health.RED, long(script, 500)) for name in names}
    opened = Incident(MONDAY, names, frozenset(names[1:]), id=7)
    taken = replace(opened, acknowledged_by=long(script, 80), snoozed_until=MONDAY)
    for one in (opened, taken, replace(opened, red=frozenset(), closed=MONDAY + timedelta(days=3))):
        yield Exhibit("incident", "blocks", incident.message(Sighted("C1", one, (), readings, MONDAY)))
    for told in Told:
        note = Happened(told, MONDAY, names, long(script, 80), MONDAY)
        entry = Entry(1, note, {name: long(script, 500) for name in names})
        yield Exhibit(f"note: {told}", "blocks", incident.note(opened, entry)[1])


def a_sheet(script: str, run: Run, pause: Pause | None) -> Sheet:
    """What is known of the facts of a run, each with two weeks of looks."""
    looks = [(MONDAY - timedelta(days=k), Health.GREEN, 10 * k) for k in range(20)]
    days = strip(looks, MONDAY.date(), UTC)
    lines = tuple(Line(reading, run.at, days) for reading in run.readings)
    names = tuple(reading.name for reading in run.readings) or ("Shop",)
    past = (Incident(MONDAY, names, frozenset(names), id=2), Incident(MONDAY, names, frozenset(), id=1, closed=MONDAY))
    return Sheet(run, lines, past * 20, pause, MONDAY)


def _of_files(shown: Board, script: str) -> Iterator[Exhibit]:
    """A finish in files that can't be written, a file that somebody changed, and documents on their way in."""
    one = replace(_item(script, 1, Lane.DONE), finished=MONDAY)
    marks = (("owed", ""), ("done", ""), ("failed", long(script, 3000)), ("revert", ""), ("revert", long(script, 3000)))
    for mark, why in marks:
        lines = tuple(FileLine(long(script, 100), FileStep(1, kind, mark, why)) for kind in ("state", "next7d"))
        ledger = Ledger(one, None, "", "none", None, UTC, mark == "revert", 1, files=lines)
        yield Exhibit(f"finish post, files {mark}", "blocks", finish_post.post(ledger, MONDAY))
    files = ("STATE.md", "NEXT-7D.md")
    yield Exhibit("confirm", "modal", finish.confirm(_asked(shown), one, Outcome.STABLE, one, files=files))
    kept = Kept("C1", "next7d", long(script, 100), "a", None, None, None, "b", 1, "", None, None)
    other = "\n".join(long(script, 900) for _ in range(60))
    differing = [f"- {long(script, 300)}", *(f"+ {line}" for line in other.split("\n"))]
    yield Exhibit("drift", "blocks", notice.notice(Drift(kept, long(script, 300), other, ""), differing))
    yield Exhibit(
        "drift, settled", "blocks", notice.notice(Drift(kept, "", None, f"{long(script, 80)} kept the board."))
    )
    doubts = tuple(Doubt(k, long(script, 900), "it was kept as text") for k in range(1, 60))
    numbers = tuple(item.number for item in shown.items)
    told = Imported(shown, numbers, numbers, doubts, (long(script, 900),) * 30, numbers, doubts, 7)
    yield Exhibit("import", "modal", importing.dialog("C1"))
    yield Exhibit("import, read", "modal", importing.preview("C1", told, ("F1", "F2")))
    yield Exhibit("import, done", "blocks", importing.done(told))


def _of_doctor(script: str, size: int) -> Iterator[Exhibit]:
    """The bot as it is seen in a channel: unwell in every way, and well."""
    lost = tuple(Lost(kind, f"{channel}/1", long(script, 3000)) for channel in ("C1", "C2") for kind in Owed)
    unwell = Condition(MONDAY, MONDAY, size, timedelta(hours=3), lost[:size], 7_000_000, MONDAY, True, "token_revoked")
    missed = tuple(Missed(date(2026, 3, k), long(script, 200)) for k in range(1, 8))
    digest = Outlook("C1", Plan(), MONDAY, Claim(1, date(2026, 2, 27), MONDAY, MONDAY, skipped=False), missed)
    states = (
        ("", False, True),
        ("", False, False),
        ("", True, False),
        (long(script, 3000), False, False),
        (long(script, 3000), False, True),
    )
    kept = tuple(
        FileState("C1", long(script, 100), not error, dead, drift, error, dead) for error, drift, dead in states
    )
    without = [Finding("Slack", "yes, as onewip in Team", WELL), *scopes.of_scopes(frozenset())]
    yield Exhibit(
        "doctor, unwell",
        "blocks",
        doctor.checkup(Checkup("C1", unwell, digest, kept), without, long(script, 3000), Aside()),
    )
    well = Condition(None, None, 0, None, (), 400_000, None, is_sqlite=False)
    yield Exhibit("doctor", "blocks", doctor.checkup(Checkup("C1", well, None, ()), without[:1], "", Aside()))
    for code in ("", "missing_scope", "file_uploads_disabled", "ekm_access_denied"):
        yield Exhibit("export, failed", "blocks", export.failed("C1", "board-2026-03-02.csv", code)[1])
    yield Exhibit("export", "blocks", export.on_its_way("NEXT-7D.md"))


def _of_refusals(shown: Board) -> Iterator[Exhibit]:
    """What every move of an item of every lane is refused with."""
    asked: tuple[Callable[[int], Board], ...] = (
        lambda n: moves.start(shown, n, None, MONDAY),
        lambda n: moves.finish(shown, n, None, MONDAY, Outcome.CLOSED),
        lambda n: moves.park(shown, n, MONDAY, ""),
        lambda n: moves.unblock(shown, n, MONDAY),
        lambda n: moves.queue(shown, n, MONDAY),
        lambda n: moves.defer(shown, n, MONDAY),
        lambda n: moves.block(shown, n, MONDAY, ""),
        lambda n: moves.move(shown, n, MONDAY, "up"),
        lambda n: moves.drop(shown, n, None, MONDAY, ""),
        lambda n: moves.reopen(shown, n, None, MONDAY, ""),
    )
    for one in (shown.lane(lane)[0] for lane in Lane if shown.lane(lane)):
        for move in asked:
            try:
                move(one.number)
            except UserError as error:
                yield Exhibit(f"refusal in {one.lane}", "blocks", words.refusal(error))
                yield Exhibit("refusal in a dialog", "modal", words.notice("C1", words.refusal(error)))


def a_board(script: str, size: int) -> Board:
    """One item in progress with 25 criteria, three next, then later, blocked and done ones."""
    lanes = [Lane.WIP, *[Lane.NEXT] * 3, *[Lane.LATER, Lane.BLOCKED, Lane.DONE] * size][:size]
    return Board(tuple(_item(script, k, lane) for k, lane in enumerate(lanes, 1)), size + 1)


def _each(script: str) -> Board:
    """More people than a message has room for, each with a picture and a flagged item in progress."""
    held = Parked(long(script, 3000), MONDAY, date(2026, 3, 9))
    items = tuple(
        replace(_item(script, k, Lane.WIP), owner=Person(f"U{k}", long(script, 80), PICTURE), blocked=held)
        for k in range(1, 13)
    )
    return Board((*items, *(_item(script, k, Lane.NEXT) for k in range(13, 16))), 16, slots=Slots.PERSON)


def _item(script: str, number: int, lane: Lane) -> Item:
    who = Person("U0OWNER", long(script, 80))
    states = [CriterionState.OPEN, CriterionState.MET, CriterionState.WAIVED]
    return Item(
        number=number,
        title=long(script, 200).replace("\n", " "),
        created=MONDAY,
        lane=lane,
        position=number,
        scope=long(script, 3000),
        dod=tuple(Criterion(long(script, 500), states[k % 3], long(script, 500), who, MONDAY) for k in range(25)),
        owner=who,
        estimate=long(script, 200),
        priority=long(script, 200),
        status=Note(long(script, 3000), who, MONDAY),
        links=tuple(f"https://example.test/{long(script, 100)}" for _ in range(30)),
        started=MONDAY - timedelta(days=400),
        finished=MONDAY if lane is Lane.DONE else None,
        finished_by=who if lane is Lane.DONE else None,
        result=long(script, 3000),
        outcome=Outcome.CLOSED if lane is Lane.DONE else None,
        blocked=Parked(long(script, 3000), MONDAY, date(2026, 3, 9)) if lane is Lane.BLOCKED else None,
        notes=long(script, 9000),
    )


def a_run(script: str, size: int = 40) -> Run:
    """Prod facts of every health, one after another."""
    healths = list(Health)
    readings = tuple(
        Reading(f"{k} {long(script, 200)}", "script", healths[k % 3], f"⚠️ {long(script, 500)}", 100 + k)
        for k in range(size)
    )
    return Run(1, MONDAY, 1234, readings)
