"""Documents nobody planned for: mutated samples, and boards with any words in them."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.documents.next7d import read, render
from bot.documents.outline import outline
from bot.errors import BadInput
from tests.depth import tried
from tests.documents.accounting import missing
from tests.documents.samples_of import BOARDS, NOW, text_of
from tests.documents.test_export import TODAY, changes, content

SHORT = tuple(text for path in BOARDS if len(text := text_of(path)) < 7500)
FENCE = "```markdown\n## WIP\n- fenced, not an item\n\n## DONE\n```\n"
FRONTS = (
    "",
    "---\ntitle: WIP\nlane: '## DONE'\n---\n",
    "---\n# by the generator\nLast Updated: 2025-01-01\n## WIP\ntags:\n- a\n\n---\n",
)
HEADS = (r"## \1", r"## \1", r"\n**\1**", r"__\1__\n")  # bold lines are headings where there are no others
STRAY = (
    "## WIP",
    "### Backlog",
    "- [x] ticked",
    "- DoD: y",
    "stray",
    "(none)",
    "---",
    "| a | b |",
    "> q",
    "<!-- c -->",
    "    code",
    "- ~~gone~~ → moved to LATER",
    "- T — done",
    "**Notes**:",
    "**DoD**:",
    "Status: half",
    "<details><summary>Done</summary>",
    "</details>",
    "## What's next?",
    "• T",
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A sample with its sections shuffled, its bullets and indents changed, and lines put in, doubled or lost."""
    text = draw(st.sampled_from(SHORT))
    first, *sections = re.split(r"(?m)^(?=## )", text)
    text = first + "".join(draw(st.permutations(sections)))
    text = re.sub(r"(?m)^## ([^*_\n]+)$", draw(st.sampled_from(HEADS)), text)
    bullet = draw(st.sampled_from("-*+"))
    text = re.sub(r"(?m)^(\s*)- ", rf"\g<1>{bullet} ", text)
    if draw(st.booleans()):
        text = re.sub(r"(?m)^( {2})+(?=[-*+] )", lambda indent: "\t" * (len(indent[0]) // 2), text)
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(["put in", "double", "lose", "fence"]))
        lines[at : at + 1] = {
            "put in": [draw(st.sampled_from(STRAY)), lines[at]],
            "double": [lines[at], lines[at]],
            "lose": [],
            "fence": [*FENCE.split("\n"), lines[at]],
        }[what]
    mutated = draw(st.sampled_from(["\n", "\r\n"])).join([*draw(st.sampled_from(FRONTS)).split("\n"), *lines])
    assume(mutated.count("```") % 2 == 0)  # an open fence makes code of all that follows, ours included
    assume(_readable(mutated))
    return mutated


def _readable(text: str) -> bool:
    """Whether a lane is left: a fence in the wrong place swallows the headings under it."""
    try:
        read(text, NOW)
    except BadInput:
        return False
    return True


@settings(max_examples=tried(40, deep=600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_not_a_line_of_a_mutated_document_is_lost(text: str) -> None:
    assert missing(text, read(text, NOW)) == []


@settings(max_examples=tried(30, deep=400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_mutated_document_is_written_back_as_it_was(text: str) -> None:
    board = read(text, NOW).board
    after = render(board, text, TODAY)
    differences = changes(text, after)
    front = outline(text).front
    assert after.splitlines()[:front] == text.splitlines()[:front]
    assert [
        line for line in differences if "2026-02-01" not in line and "pdated" not in line and line.strip() != "+"
    ] == []


@settings(max_examples=tried(30, deep=400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), st.data())
def test_a_changed_board_reads_back_from_a_mutated_document(text: str, data: st.DataObject) -> None:
    before = read(text, NOW)
    board = before.board
    if board.wip:
        board = board.having([replace(board.wip, lane=Lane.DONE, finished=TODAY, outcome=Outcome.STABLE)])
    if board.next:
        first, *rest = board.next
        started = [replace(first, lane=Lane.WIP, position=0, started=TODAY)]
        board = board.having(started + [replace(item, position=at) for at, item in enumerate(rest, 1)])
    if board.items:
        item = data.draw(st.sampled_from(board.items))
        board = board.having([replace(item, scope="another scope")])
    after = render(board, text, TODAY)
    assert content(read(after, NOW).board) == content(board)
    assert render(board, after, TODAY) == after
    kept = {line.strip() for section in before.sections for line in section.text.split("\n")}
    assert {line for line in kept if not re.search(r"(?i)updated|none|empty", line)} <= {
        line.strip() for line in after.splitlines()
    }


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
LINE = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "none",
            "(none)",
            "Scope: x",
            "## WIP",
            "- a",
            "[x] b",
            "~~c~~",
            "a ✅",
            "d (2025-12-19) - e",
            "1) f",
            "**g** h",
            "`i`",
            "# j",
            "\\",
            "&#38;",
            "---",
            "|a|b|",
            "PR #7",
            "(BLOCKED on k)",
        ]
    ),
).map(lambda text: " ".join(text.split()))
TEXT = st.lists(LINE, max_size=4).map("\n".join)
DAY = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the bounds are naive by contract)
CRITERIA = st.builds(Criterion, LINE.filter(bool), st.sampled_from(CriterionState), LINE)


@st.composite
def items(draw: st.DrawFn, number: int, lane: Lane) -> Item:
    """An item of a lane with any words in it."""
    done = lane is Lane.DONE
    return Item(
        number,
        draw(LINE.filter(lambda text: re.search(r"\w", text))),
        NOW,
        lane=lane,
        position=number * 1024 if lane is Lane.LATER else number,
        scope=draw(TEXT),
        dod=tuple(draw(st.lists(CRITERIA, max_size=3))),
        estimate=draw(LINE),
        priority=draw(LINE),
        status=draw(st.none() | st.builds(Note, TEXT.filter(str.strip))),
        started=draw(st.none() | DAY),
        finished=draw(st.none() | DAY) if done else None,
        result=draw(TEXT) if done else "",
        outcome=draw(st.sampled_from(Outcome)) if done else None,
        blocked=Block(draw(LINE.filter(bool)), NOW) if lane is Lane.BLOCKED else None,
        notes=draw(TEXT),
    )


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """A board within its limits, with any words in it."""
    lanes = [Lane.WIP] * draw(st.integers(0, 1)) + [Lane.NEXT] * draw(st.integers(0, 3))
    lanes += draw(st.lists(st.sampled_from([Lane.LATER, Lane.BLOCKED, Lane.DONE]), max_size=4))
    made = [draw(items(number, lane)) for number, lane in enumerate(lanes, 1)]
    made = [replace(item, position=at) for at, item in enumerate((i for i in made if i.lane is Lane.NEXT), 1)] + [
        item for item in made if item.lane is not Lane.NEXT
    ]
    return Board(tuple(made), len(made) + 1)


@example(Board((Item(1, ":BLOCKED:", NOW, lane=Lane.NEXT, position=1),), 2))
@example(Board((Item(1, "0;BLOCKED:0", NOW, lane=Lane.NEXT, position=1),), 2))
@settings(max_examples=tried(60, deep=1000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(boards())
def test_any_board_comes_back_from_its_document(board: Board) -> None:
    text = render(board, None, TODAY)
    assert content(read(text, NOW).board) == content(board)
    assert render(board, text, TODAY) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(SHORT))
def test_any_text_is_read_or_refused_in_words(text: str, sample: str) -> None:
    for each in (text, f"## WIP\n{text}", f"{text}\n{sample}"):
        try:
            assert missing(each, read(each, NOW)) == []
        except BadInput as refusal:
            assert str(refusal)  # noqa: PT017 (a refusal is as good as a reading)
