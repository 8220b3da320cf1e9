"""A board as a file: it comes into the direct messages of whoever asked, and so does the reason when it can't."""

import csv
import json

import pytest

from bot.documents import next7d
from bot.services.board import items, joining
from bot.services.documents import exporting
from bot.services.documents.exporting import Form
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.store.outbox import Owed
from tests.effects.board.test_messages import words
from tests.effects.ledger import dead, owed
from tests.effects.stage import Works
from tests.furnished import on_both
from tests.people import BOB


def ask(works: Works, form: Form = Form.MARKDOWN) -> None:
    exporting.ask_for_export(works.db, "C1", BOB.id, form, works.clock())


@on_both
async def test_the_board_as_it_is_now_comes_to_whoever_asked_and_to_nobody_else(works: Works) -> None:
    ask(works)
    items.tick(works.db, works.alice, 1, 1)
    await works.pay()
    [(room, name, content, comment)] = works.slack.given
    assert (room, name) == (f"D{BOB.id[1:]}", "NEXT-7D.md")
    assert comment == "The board of <#C1> as Markdown; `/board import` reads it back."
    read = next7d.read(content.decode(), works.clock()).board
    assert read.wip is not None
    assert (read.wip.title, read.wip.settled) == ("Payments", 2)
    assert works.slack.called("whisper") == []
    assert works.slack.in_channel("export") == []


async def test_a_table_and_data(works: Works) -> None:
    for form in (Form.CSV, Form.JSON):
        ask(works, form)
    await works.pay()
    given = {name: content.decode("utf-8-sig") for _, name, content, _ in works.slack.given}
    rows = list(csv.DictReader(given["board-2026-03-02.csv"].splitlines()))
    assert rows[0]["title"] == json.loads(given["board-2026-03-02.json"])["wip"]["title"] == "Payments"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SlackRefused("missing_scope", "files:write"), "without the scope `files:write`"),
        (SlackRefused("file_uploads_disabled"), "allows no uploads of files"),
        (SlackRefused("storage_limit_reached"), "no room for more files"),
        (SlackRefused("ekm_access_denied"), "Slack refuses it: `ekm_access_denied`."),
        (SlackUnreachable("the place for files answers 500"), "ask for it once more in a minute"),
    ],
)
async def test_what_can_not_be_given_is_said_where_it_was_to_come(works: Works, error: Exception, told: str) -> None:
    works.slack.fails("give", error)
    ask(works)
    await works.pay()
    [message] = works.slack.in_channel("export")
    assert message.channel == f"D{BOB.id[1:]}"
    assert words(message).startswith("*NEXT-7D.md* of <#C1> could not be given. ")
    assert told in words(message)
    assert (owed(works.db, Owed.EXPORT), dead(works.db)) == ([], [])


async def test_what_may_have_arrived_is_not_sent_twice(works: Works) -> None:
    works.slack.fails("give", SlackUnreachable("reset"), after=True)
    ask(works)
    await works.pay()
    assert len(works.slack.given) == 1
    assert "Look whether it came all the same" in words(works.slack.in_channel("export")[0])


async def test_when_slack_asks_to_wait_it_comes_later(works: Works) -> None:
    works.slack.fails("give", SlackBusy(30))
    ask(works)
    await works.pay()
    assert works.slack.given == []
    works.clock.forward(seconds=31)
    await works.pay()
    assert len(works.slack.given) == 1


async def test_a_board_that_was_forgotten_meanwhile_is_owed_no_more(works: Works) -> None:
    ask(works)
    joining.forget(works.db, ("C1",))
    await works.pay()
    assert (works.slack.given, dead(works.db)) == ([], [])
