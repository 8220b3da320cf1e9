"""What people write is shown as they wrote it, and never as a mention, a link or a mark of Slack's."""

import pytest

from bot.core.people import Person
from tests.slack.stage import Answer, Stage, keeping, rows, texts
from tests.slack.test_views import ENTITY, OURS

NASTY = "<!channel> & <@U1> *x* <https://x.test|y>"
MALLORY = Person("U9", f"Mallory {NASTY}")


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Where somebody's name is as bad as their words."""
    stage.slack.people[MALLORY.id] = MALLORY
    return stage


def is_dead(answer: Answer) -> bool:
    """Whether nothing in any payload of an answer could call, link or mention."""
    shown = [answer.ack, *(call.given for call in answer.calls)]
    told = [text["text"] for text in texts(shown) if text["type"] == "mrkdwn"]
    told += [answer.ack["text"]] if "text" in answer.ack else []
    return not any(set("<>&") & set(ENTITY.sub("", OURS.sub("", text))) for text in told)


async def test_in_every_command_and_every_lane(stage: Stage) -> None:
    await stage.types("park waiting")
    dialog = (await stage.types(f"add {NASTY}")).view
    fields = {"scope": NASTY, "dod": f"{NASTY}\nmore", "estimate": NASTY, "start": ["yes"]}
    vague = await stage.sends(dialog, MALLORY, **fields)
    assert is_dead(vague)
    added = await stage.sends(vague.view, MALLORY, **fields, **keeping(vague.view))
    assert is_dead(added)
    answers = [
        await stage.types(typed, MALLORY)
        for typed in (
            f"status {NASTY}", "tick 7 1", "show 7", "", "digest now", "start 2", "tick 1", "finish", f"park {NASTY}",
            "show 7", "", "digest now", "unblock 7", "show 7", "queue 7", "", "defer 7", "show 7", "start 7",
        )
    ]  # fmt: skip
    assert [answer for answer in answers if not is_dead(answer)] == []
    assert stage.board().item(7).title == "<!channel> & @U1 *x* https://x.test"  # as Slack's form of it reads
    shown = [answer for answer in answers if "&lt;!channel&gt; &amp; " in str(answer)]
    assert len(shown) > 12  # it is there, to be read


async def test_in_the_finish_dialog_and_after_it(stage: Stage) -> None:
    first = await stage.sends((await stage.types("finish")).view, MALLORY, met0=["1"], result=NASTY)
    second = await stage.sends(first.view, MALLORY, met0=["1", "2", "3"])
    done = await stage.sends(second.view, MALLORY)
    again = await stage.sends(second.view, MALLORY)
    assert f"by {MALLORY.name}" in again.words
    assert all(is_dead(answer) for answer in (first, second, done, again))


@pytest.mark.parametrize(
    "typed", ["{}", "start {}", "digest {}", "digest zone {}", "digest at {}", "facts {}", "help {}"]
)
async def test_in_a_refusal_of_what_was_typed(stage: Stage, typed: str) -> None:
    assert is_dead(await stage.types(typed.format(NASTY), MALLORY))


async def test_a_mark_of_slacks_in_a_title_stays_a_mark_of_theirs(stage: Stage) -> None:
    await stage.sends((await stage.types("add")).view, title="a *bold* claim", dod="GET / is 200")
    [title, *_] = next(rows((await stage.types("show 7")).blocks))
    assert title == {"type": "text", "text": "#7 a *bold* claim", "style": {"bold": True}}
