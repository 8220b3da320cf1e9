"""What people may write, and the limits that each field must keep."""

import pytest

from bot.core.board.edits import Draft, checked
from bot.core.board.model import TEXT_LIMIT, TITLE_LIMIT
from bot.core.board.words import reason_for, title_of, within
from bot.errors import BadInput
from tests.core.boards import board

TEXTS = [
    "Checkout με Stripe",
    "🚀👩‍👩‍👧‍👦 launch",
    "תשלומים לפני הכול",
    "<!channel> & <script>",
    "*bold* _it_ `code`",
    "{title} {0} %s",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_people_write_is_kept_as_they_wrote_it(text: str) -> None:
    assert checked(Draft(text, scope=text, estimate=text)) == Draft(text, scope=text, estimate=text)


def test_a_title_is_one_line_and_every_field_is_trimmed() -> None:
    draft = checked(Draft("  Two\n lines\tof it ", scope="\n one\n two \n", estimate=" 2 d "))
    assert draft == Draft("Two lines of it", scope="one\n two", estimate="2 d")


@pytest.mark.parametrize(
    ("draft", "field", "words"),
    [
        (Draft(""), "title", "What is it about? An item needs a title."),
        (Draft(" \n\t "), "title", "What is it about? An item needs a title."),
        (
            Draft("x" * 201),
            "title",
            "The title is 201 characters long; 200 is the most. Shorten it and send it again.",
        ),
        (
            Draft("x" * 5000),
            "title",
            "The title is 5,000 characters long; 200 is the most. Shorten it and send it again.",
        ),
        (
            Draft("x", scope="y" * 3001),
            "scope",
            "The scope is 3,001 characters long; 3,000 is the most. Shorten it and send it again.",
        ),
        (
            Draft("x", estimate="y" * 201),
            "estimate",
            "The estimate is 201 characters long; 200 is the most. Shorten it and send it again.",
        ),
        (
            Draft("x", dod="y\n" * 11),
            "dod",
            "That is 11 criteria; 10 is the most, 2–5 work best. Split the item or join some.",
        ),
    ],
)
def test_a_field_that_breaks_its_limit_is_refused_by_name(draft: Draft, field: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked(draft)
    assert caught.value.field == field
    assert str(caught.value) == words


def test_every_field_at_its_limit_is_taken() -> None:
    full = Draft("x" * TITLE_LIMIT, scope="y" * TEXT_LIMIT, dod="z\n" * 10, estimate="w" * TITLE_LIMIT)
    assert checked(full) == full


@pytest.mark.parametrize("text", ["Two\n lines\tof it", "  Two lines of it  ", "Two  lines of   it"])
def test_a_title_is_one_line(text: str) -> None:
    assert title_of(text) == "Two lines of it"


def test_spaces_around_a_text_do_not_count() -> None:
    assert within(" " * 10 + "x" * 5 + "\n" * 10, 5, "The note", "status") == "x" * 5


def test_a_reason_is_trimmed_and_may_not_be_over_long() -> None:
    item = board(wip=[1]).item(1)
    assert reason_for("park", item, " no keys \n") == "no keys"
    with pytest.raises(BadInput, match="The reason is 3,001 characters long") as caught:
        reason_for("park", item, "x" * 3001)
    assert caught.value.field == "reason"
