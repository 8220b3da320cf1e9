"""Whatever reads what people write takes twice the time for twice the text, or they could keep everybody waiting."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core import times
from bot.core.board import dod, gate, lint, words
from bot.core.board.model import Board, Item, Lane
from bot.core.digest import nudging
from bot.core.documents.merge import merge, take
from bot.documents import archive, days, differences, inline, next7d, prod_facts, spreadsheet, state, vocabulary
from bot.errors import UserError
from bot.facts import masking
from bot.facts.scripts import printed
from bot.facts.web import matching
from bot.services.documents.importing import Imported
from bot.slack import request, table
from bot.slack.asked import help as helps
from bot.slack.asked import meant, which
from bot.slack.board import shortcut
from bot.slack.documents.importing import preview
from bot.slack.layout import blocks
from bot.slack.request import READ_LIMIT, Request, Via
from tests.depth import tried
from tests.growth import LIMIT, growth, growth_up_to
from tests.hostile import TEXTS, Text
from tests.people import ALICE

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENT = tried(1 << 14, deep=1 << 16)  # characters of a document; a longer one only multiplies the time


def item(text: str, number: int = 1, lane: Lane = Lane.LATER) -> Item:
    """An item that says a text wherever it can; a title is cut, as everywhere."""
    return Item(number, text[:200], NOW, lane, scope=text, result=text, notes=text)


def of_one(text: str) -> Board:
    return Board((item(text),), 2)


class Room:
    """A desk with nothing but a board to look at."""

    def __init__(self, text: str) -> None:
        self.door = SimpleNamespace(call=self._call)
        self._board = of_one(text)

    async def _call(self, *_: object) -> Board:
        return self._board


def one_criterion(text: str) -> object:
    desk: Any = Room(text)
    asked = request.Request("tick", text, "C1", ALICE, NOW, request.Via.COMMAND)
    return asyncio.run(which.one_criterion(desk, asked))


def several_criteria(text: str) -> object:
    desk: Any = Room(text)
    asked = Request("tick", text, "C1", ALICE, NOW, Via.COMMAND)
    return asyncio.run(which.several_criteria(desk, asked))


def sent(text: str) -> object:
    element = {"type": "plain_text_input", "value": text}
    view = {"callback_id": "do:add", "state": {"values": {"title": {"value": element}}}}
    return request.from_dialog({"view": view}, ALICE, NOW)


# Every function that reads what people, programs or files say, but for whole documents.
READERS: Mapping[str, Callable[[str], object]] = {
    "a command": lambda text: request.from_command({"text": text, "channel_id": "C1"}, ALICE, NOW),
    "a direct message": lambda text: request.from_message({"event": {"text": text, "channel": "D1"}}, ALICE, NOW),
    "a shortcut's message": lambda text: request.from_shortcut(
        {"callback_id": "do:add", "message": {"text": text}}, ALICE, NOW
    ),
    "a dialog's field": sent,
    "plain": request.plain,
    "a draft": shortcut.drafted,
    "the names in a message": shortcut.NAMED.findall,
    "one criterion": one_criterion,
    "an unknown word": lambda text: helps.unknown(table.COMMANDS, text, ()),
    "what an unknown word is like": lambda text: meant.nearest(text, table.BY_WORD),
    "what is said of an item": lambda text: meant.ways(of_one("a"), meant.Meant(of_one("a").items, text), {}, ALICE),
    "several criteria": several_criteria,
    "a zone that is searched": lambda text: times.zones_like(text, 5),
    "fitted": lambda text: blocks.fitted(text, len(text) - 2),
    "spelt": blocks.spelt,
    "paragraphs": lambda text: blocks.paragraphs(text.splitlines()),
    "a difference": lambda text: differences.difference(text, "other\n" + text[: len(text) // 2], NOW, is_state=False),
    "a difference of moved lines": lambda text: differences.difference(text, swapped(text), NOW, is_state=False),
    "the lint": lint.judge,
    "the gate's look-alikes": lambda text: gate.look_alikes(item(text, 2), [item(text, lane=Lane.DONE)]),
    "a title": words.title_of,
    "a piece of a title": lambda text: words.titled(of_one(text), text),
    "a piece of a title in front": lambda text: words.titled_in_front(of_one(text), text),
    "new evidence": lambda text: words.new_evidence(item("a"), text),
    "what points at something": words.POINTS.search,
    "the lines of a DoD": dod.checked_criteria,
    "a span": lambda text: times.read_span(text, timedelta(days=1)),
    "a time": times.read_time,
    "weekdays": times.read_days,
    "days off": times.read_days_off,
    "a zone": times.read_zone,
    "a status that says who is away": nudging.AWAY_WORDS.search,
    "masking": masking.mask,
    "unseen characters": masking.plain,
    "one line": lambda text: masking.one_line(text, 200),
    "a detail": masking.tidy,
    "words on a page": lambda text: matching.holds(text, text[:40], whole_words=True),
    "an answer's charset": lambda text: matching.decoded(text.encode(), "utf-16"),
    "an answer's JSON": lambda text: list(matching.disagreements(text, {"a": 1})),
    "a quotation": matching.quoted,
    "what a script prints": lambda text: printed.read_printed(text.encode(), "Shop", "script"),
    "a script's last words": lambda text: printed.last_words(text.encode()),
    "a line of Markdown": inline.plain,
    "escapes": inline.unescaped,
    "escaping": inline.escaped,
    "references": inline.references,
    "days": days.days_in,
    "a day": days.when,
    "shifted days": lambda text: days.shifted(text, 1),
    "a label": vocabulary.label_of,
    "a lane's name": vocabulary.lane_of,
    "nothing": vocabulary.says_none,
    "a table": lambda text: spreadsheet.render(of_one(text)),
    "a report": prod_facts._plain,
}


def swapped(text: str) -> str:
    """The text with every two lines in the other order."""
    lines = text.splitlines()
    return "\n".join(line for k in range(0, len(lines), 2) for line in reversed(lines[k : k + 2]))


def answered(read: Callable[[str], object], text: str) -> None:
    """Read; a refusal is an answer."""
    try:
        read(text)
    except UserError:
        return


def too_dear(read: Callable[[str], object], texts: Mapping[str, Text], most: int) -> dict[str, float]:
    """The texts whose double takes much more than twice the time, with how many times."""

    def reading(text: Text, size: int) -> Callable[[], object]:
        return partial(answered, read, text(size))

    ratios = {name: growth_up_to(partial(reading, text), most) for name, text in texts.items()}
    return {name: ratio for name, ratio in ratios.items() if ratio >= LIMIT}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_twice_the_time_for_twice_the_text(name: str) -> None:
    assert not too_dear(READERS[name], TEXTS, READ_LIMIT)


# Where in a document a text may stand.
PLACES = {
    "on top": "{}\n\n## WIP\n**A**\n",
    "bare": "## LATER\n{}\n",
    "in WIP": "## WIP\n**A** {}\n- **Scope**: {}\n",
    "as a heading": "## NEXT\n\n### 1) {}\n- **DoD**:\n  - {}\n",
    "as a bullet": "## LATER\n- {}\n",
    "as a blocked one": "## BLOCKED\n- {}\n",
    "as a done one": "## DONE\n- {}\n",
    "as a row": "## DONE\n\n| Item | Notes |\n|---|---|\n| {} | {} |\n",
    "under plain words": "WIP:\n\n{}\n\nDONE:\n- a\n",
}
STATE = "# STATE\n\n## 2026-01-01 a\n{}\n\n## CLOSED\n- {}\n"
WHOLE = "\n".join(text for name, text in PLACES.items() if name not in ("on top", "under plain words"))


def in_place(place: str, text: Text) -> Text:
    count = place.count("{}")
    return lambda size: place.replace("{}", text(size // count))


def written(text: str) -> None:
    """Read a document, and write its board into it and into a new one."""
    board = next7d.read(text, NOW).board
    next7d.render(board, text, NOW)


DOCUMENTS: Mapping[str, tuple[Callable[[str], object], Iterable[str]]] = {
    "NEXT-7D.md": (lambda text: next7d.read(text, NOW), tried([PLACES["bare"], WHOLE], deep=list(PLACES.values()))),
    "STATE.md": (lambda text: state.read(text, NOW), [STATE]),
    "an archive": (lambda text: archive.roll_done(text, NOW, NOW), tried([], deep=[WHOLE])),
    "writing": (written, tried([], deep=list(PLACES.values()))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_takes_twice_the_time_for_twice_the_text(name: str) -> None:
    read, places = DOCUMENTS[name]
    for place in places:
        texts = {name: in_place(place, text) for name, text in TEXTS.items()}
        assert not too_dear(read, texts, DOCUMENT), place


def listed(lane: str, count: int) -> str:
    """A document with so many items in a lane."""
    day = " (2025-12-20) - done with it" if lane == "DONE" else ""
    return f"## {lane}\n" + "".join(f"- Item {k} of many{day}\n  - **Scope**: words\n" for k in range(count))


def imported(board: Board) -> Imported:
    merged = merge(Board(), board)
    return Imported(merged.board, merged.added, merged.matched, (), merged.warnings)


# What an import does with the items that it read.
STEPS: Mapping[str, Callable[[Board, str], Callable[[], object]]] = {
    "reading": lambda _, text: partial(next7d.read, text, NOW),
    "the lint": lambda board, _: partial(dod.judged_by_people, board),
    "merging": lambda board, _: partial(merge, Board(), board),
    "merging it again": lambda board, _: partial(merge, imported(board).board, board),
    "taking": lambda board, _: partial(take, imported(board).board, board, Board(), NOW),
    "the preview": lambda board, _: partial(preview, "C1", imported(board), ["F1"]),
    "writing": lambda board, text: partial(next7d.render, imported(board).board, text, NOW),
    "a table": lambda board, _: partial(spreadsheet.render, board),
}


@pytest.mark.parametrize("lane", ["DONE", "LATER", "NEXT", "WIP"])
@pytest.mark.parametrize("step", STEPS)
def test_twice_as_many_items_take_twice_the_time(step: str, lane: str) -> None:
    """10,000 done ones took 5 s to import once, and 5,000 of LATER took 26 s."""

    def working(count: int) -> Callable[[], object]:
        text = listed(lane, count)
        return STEPS[step](next7d.read(text, NOW).board, text)

    assert growth(working, tried(1000, deep=5000)) < LIMIT
