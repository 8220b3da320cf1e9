"""Law 7: no exception leaves a listener, and every way of asking gets words in its own way of answering."""

import logging
import re

import pytest

from bot.services.board import items, look, moves
from bot.slack import listeners
from bot.slack.asked import answering
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.layout import words
from tests.people import BOB
from tests.slack.stage import Answer, Stage, copyable

BROKEN = re.compile(r"Something broke on my side, and nothing was changed\. \(ref ([0-9a-f]{8})\)")


@pytest.fixture
def broken(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Every service has a bug."""

    def bug(*_: object, **__: object) -> None:
        raise KeyError("secret detail")

    for module, names in (
        (moves, ("add", "start", "finish", "park", "queue", "defer", "unblock")),
        (items, ("write_dod", "tick", "set_status", "save_progress")),
        (look, ("look", "show", "finishable")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, bug)
    return stage


def the_reference(answer: Answer, form: re.Pattern[str] = BROKEN) -> str:
    found = form.fullmatch(answer.words.removeprefix("Onewip\nClose\n"))
    assert found, answer.words
    return found[1]


@pytest.mark.parametrize("typed", ["", "show", "start 2", "tick 1", "status all is well", "finish", "park no keys"])
async def test_a_bug_is_said_in_the_answer_to_a_command(
    broken: Stage, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await broken.types(typed)
    assert f"ref {the_reference(answer)}" in caplog.text
    assert answer.ack["response_type"] == "ephemeral"
    assert [call.method for call in answer.calls] == ["person"]
    assert "secret" not in str(answer.ack)


@pytest.mark.parametrize("own", [True, False])
async def test_a_bug_is_whispered_after_a_click(broken: Stage, own: bool) -> None:
    answer = await broken.clicks("do:start", "2", own=own)
    assert the_reference(answer)
    assert answer.ack == {}
    assert [(call.method, call.given.get("replace")) for call in answer.calls[1:]] == [("answer", False)]


async def test_a_bug_is_shown_in_the_dialog_that_was_sent(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = (await stage.types("add")).view
    monkeypatch.setattr(moves, "add", None)
    answer = await stage.sends(dialog, title="A title")
    assert answer.ack["response_action"] == "update"
    assert re.search(r"\(ref [0-9a-f]{8}\)$", answer.view["blocks"][0]["text"]["text"])
    assert copyable(answer.view) == ["A title"]


async def test_a_bug_is_shown_in_the_dialog_that_was_clicked_in(broken: Stage) -> None:
    answer = await broken.clicks("do:show", "1", within=words.notice("C1", words.line("…")))
    assert the_reference(answer)
    assert [call.method for call in answer.calls] == ["person", "change"]


async def test_the_log_has_the_reference_with_the_bug_and_the_person_has_neither(
    broken: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    reference = the_reference(await broken.types("start 2"))
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert reference in record.getMessage()
    assert record.exc_info


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("expired_trigger_id", "That took too long, so Slack did not open the dialog. Nothing was changed. Try again"),
        ("exchanged_trigger_id", "Slack has opened this dialog already."),
    ],
)
async def test_a_dialog_that_came_too_late_is_no_bug(stage: Stage, code: str, text: str) -> None:
    for ask in (stage.types("finish"), stage.clicks("do:finish", "1")):
        stage.slack.fails("open", SlackRefused(code))
        answer = await ask
        last = answer.ack["text"] if answer.ack else answer.calls[-1].given["text"]
        assert last.startswith(text)


# Slack's illness is Slack's: what it is, what holds, what to do.
ILLNESSES = [
    (SlackBusy(3), "Slack is busy and asks me to wait", "Try again in 3 s."),
    (SlackUnreachable("no answer"), "Slack does not answer me just now", "Try again in a moment."),
    (SlackRefused("token_revoked"), "Slack no longer takes my token (token_revoked)", "installs the app again"),
    (SlackRefused("invalid_blocks"), "Slack refuses to show you the answer (invalid_blocks).", "(ref "),
]


@pytest.mark.parametrize(("error", "illness", "advice"), ILLNESSES)
@pytest.mark.parametrize("is_typed", [True, False])
async def test_a_dialog_that_slack_does_not_open_is_said_so(
    stage: Stage, error: Exception, illness: str, advice: str, is_typed: bool
) -> None:
    stage.slack.fails("open", error)
    answer = await (stage.types("finish") if is_typed else stage.clicks("do:finish", "1"))
    assert answer.words.startswith(illness)
    assert "Nothing was changed." in answer.words
    assert advice in answer.words
    assert "Something broke on my side" not in answer.words


@pytest.mark.parametrize(("error", "illness", "_"), ILLNESSES)
async def test_what_was_done_is_not_denied_when_only_its_answer_is_lost(
    stage: Stage, error: Exception, illness: str, _: str
) -> None:
    stage.slack.fails("answer", error)
    answer = await stage.clicks("do:defer", "2")
    assert answer.words.startswith(illness)
    assert "What you asked for is done" in answer.words
    assert "Nothing was changed" not in answer.words
    assert stage.board().item(2).lane == "later"


async def test_a_bug_after_the_change_does_not_deny_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_marked", None)
    answer = await stage.clicks("do:defer", "2")
    assert stage.board().item(2).lane == "later"
    assert "What you asked for is done" in answer.words
    assert "othing was changed" not in answer.words


@pytest.mark.parametrize("method", ["open", "answer", "change"])
async def test_an_answer_is_there_in_time_however_long_slack_takes(
    stage: Stage, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack never answers the call; the ack does not wait for it, and says so where an ack has words."""
    monkeypatch.setattr(listeners, "IN_TIME", 0.05)
    monkeypatch.setattr(listeners, "AT_LAST", 0.05)
    stage.slack.holds(method, after=False)
    asked = {
        "open": lambda: stage.types("add"),
        "answer": lambda: stage.clicks("do:defer", "2"),
        "change": lambda: stage.clicks("do:show", "1", within=words.notice("C1", words.line("…"))),
    }
    answer = await asked[method]()
    assert "Slack does not answer me just now" in str(answer.calls[-1].given if method != "open" else answer.ack)


def test_the_time_limits_leave_slack_what_it_waits() -> None:
    assert listeners.IN_TIME < listeners.AT_LAST < 3


async def test_when_nothing_can_be_shown_the_click_is_answered_all_the_same(stage: Stage) -> None:
    stage.slack.fails("answer", SlackUnreachable("no answer"), times=2)
    answer = await stage.clicks("do:defer", "2")
    assert answer.ack == {}
    assert stage.board().item(2).lane == "later"


@pytest.mark.parametrize("error", [SlackRefused("not_in_channel"), SlackBusy(3), SlackUnreachable("no answer")])
async def test_a_dialog_says_itself_what_came_of_it_when_its_whisper_is_lost(stage: Stage, error: Exception) -> None:
    dialog = (await stage.types("status")).view
    stage.slack.fails("whisper", error)
    answer = await stage.sends(dialog, who=BOB, status="All is well")
    assert answer.ack["response_action"] == "update"
    assert "All is well" in str(answer.ack["view"]["blocks"])
    note = stage.board().item(1).status
    assert note is not None
    assert note.text == "All is well"


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"channel": 5}'])
async def test_a_dialog_that_lost_what_it_keeps_is_answered(stage: Stage, metadata: str) -> None:
    dialog = (await stage.types("status")).view
    answer = await stage.sends(dialog | {"private_metadata": metadata}, status="fine")
    assert answer.ack["response_action"] in ("update", "clear", "errors")
    assert stage.board().item(1).status is None


async def test_with_a_token_that_slack_no_longer_takes_what_is_typed_is_done_and_answered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("person", "room", "members", "open"):
        stage.slack.fails(method, SlackRefused("token_revoked"), times=99)
    assert "LATER" in (await stage.types("defer 2")).words
    assert stage.board().item(2).lane == "later"
    assert "Slack no longer takes my token (token_revoked)" in (await stage.types("add")).ack["text"]
    assert [record for record in caplog.records if record.levelno == logging.ERROR] == []


async def test_the_fallback_of_a_long_answer_is_fitted_after_it_is_escaped(stage: Stage) -> None:
    """The stage refuses an ack that is longer than Slack takes."""
    for _ in range(3):
        await stage.types("status " + "<&>" * 600)
    for typed in ("log", "show 1", "help all", "doctor"):
        assert (await stage.types(typed)).ack["text"]
