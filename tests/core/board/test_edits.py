"""Editing an item's words, and giving it to somebody."""

import pytest

from bot.core.board.edits import NOTES_LIMIT, Edit, assign, edit, marks
from bot.core.board.model import TEXT_LIMIT, TITLE_LIMIT
from bot.core.board.words import Overtaken
from bot.errors import BadInput, NotFound, RuleBroken
from tests.core.boards import NOW, board, changed
from tests.people import ALICE, BOB

FULL = changed(
    board(next=[1], later=[2]), 1, scope="s", estimate="2 d", priority="high", links=("https://a/1",), notes="n"
)


@pytest.mark.parametrize(
    ("words", "became"),
    [
        (Edit(), {}),
        (Edit(title=" A\n new  title "), {"title": "A new title"}),
        (Edit(scope=" one\ntwo "), {"scope": "one\ntwo"}),
        (Edit(estimate=" 3 d"), {"estimate": "3 d"}),
        (Edit(priority="<!here> & Ω "), {"priority": "<!here> & Ω"}),
        (Edit(notes="\nmore 🚀\n"), {"notes": "more 🚀"}),
        (Edit(links="https://a/1\n\n  PR 12 of the shop \n"), {"links": ("https://a/1", "PR 12 of the shop")}),
        (
            Edit(scope="", estimate="", priority="", notes="", links=" \n"),
            {"scope": "", "estimate": "", "priority": "", "notes": "", "links": ()},
        ),
    ],
)
def test_what_is_given_is_changed_and_the_rest_stays(words: Edit, became: dict[str, object]) -> None:
    assert edit(FULL, 1, words) == changed(FULL, 1, **became)


LIMITS = {
    "title": ("The title", TITLE_LIMIT),
    "scope": ("The scope", TEXT_LIMIT),
    "estimate": ("The estimate", TITLE_LIMIT),
    "priority": ("The priority", TITLE_LIMIT),
    "notes": ("The notes", NOTES_LIMIT),
    "links": ("The list of links", TEXT_LIMIT),
}


@pytest.mark.parametrize("field", LIMITS)
def test_every_field_has_a_limit_and_is_refused_by_name_beyond_it(field: str) -> None:
    what, limit = LIMITS[field]
    full = getattr(edit(FULL, 1, Edit(**{field: "x" * limit})).item(1), field)
    assert full in ("x" * limit, ("x" * limit,))
    with pytest.raises(BadInput) as caught:
        edit(FULL, 1, Edit(**{field: "x" * (limit + 1)}))
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{what} is {limit + 1:,} characters long; {limit:,} is the most.")


@pytest.mark.parametrize("title", ["", " \n\t "])
def test_an_item_keeps_a_title(title: str) -> None:
    with pytest.raises(BadInput, match="What is it about") as caught:
        edit(FULL, 1, Edit(title=title))
    assert caught.value.field == "title"


# What Alice saw, what Bob made of it meanwhile, what she sent, and what holds then (None: nobody's; it is refused).
MEANWHILE = {
    "nobody touched it": ("a", "a", "a", "a"),
    "she changed it": ("a", "a", "b", "b"),
    "he changed it": ("a", "c", "a", "c"),
    "both changed it": ("a", "c", "b", None),
    "both changed it to the same": ("a", "b", "b", "b"),
    "she emptied it": ("a", "a", "", ""),
    "he emptied it": ("a", "", "a", ""),
    "he filled what she left empty": ("", "c", "", "c"),
    "only space differs": ("a", "c", " a\n", "c"),
}


@pytest.mark.parametrize("field", ["scope", "estimate", "priority", "notes"])
@pytest.mark.parametrize("story", MEANWHILE)
def test_a_field_that_was_left_alone_is_left_as_others_made_it(story: str, field: str) -> None:
    saw, became, sent, holds = MEANWHILE[story]
    seen = marks(changed(FULL, 1, **{field: saw}).item(1))
    now = changed(FULL, 1, **{field: became})
    words = Edit(**{field: sent})
    if holds is None:
        with pytest.raises(Overtaken, match=f"changed the {field} while you wrote") as caught:
            edit(now, 1, words, seen)
        assert caught.value.fields == (field,)
    else:
        assert getattr(edit(now, 1, words, seen).item(1), field) == holds


def test_an_item_is_given_to_somebody_or_to_nobody() -> None:
    hers = assign(FULL, 1, ALICE, NOW)
    assert hers.item(1).owner == ALICE
    assert assign(hers, 1, BOB, NOW).item(1).owner == BOB
    assert assign(hers, 1, None, NOW) == FULL
    assert hers.item(2) == FULL.item(2)


@pytest.mark.parametrize("lane", ["wip", "next", "later", "blocked"])
def test_every_live_item_can_be_edited_and_assigned(lane: str) -> None:
    on = board(**{lane: [1]})
    assert edit(on, 1, Edit(title="New")).item(1).title == "New"
    assert assign(on, 1, ALICE, NOW).item(1).owner == ALICE


@pytest.mark.parametrize("lane", ["done", "dropped"])
def test_what_is_done_or_dropped_stays_as_it_is(lane: str) -> None:
    on = board(**{lane: [1]})
    with pytest.raises(RuleBroken, match=f"#1 Item 1 is {lane}, so it stays as it is"):
        edit(on, 1, Edit(title="New"))
    with pytest.raises(RuleBroken, match=f"#1 Item 1 is {lane}, so it stays as it is"):
        assign(on, 1, ALICE, NOW)
    with pytest.raises(NotFound):
        edit(on, 999, Edit())
