"""Who may do what only owners do."""

import pytest

from bot.core.people import FOR_OWNERS, Asker, Person, check_owner, is_owner, may_own
from bot.errors import NotAllowed
from tests.people import ALICE, BOB, CAROL

OWNERS = (ALICE, BOB)

# Who asks, who owns the board; whether they are an owner, and whether they may.
WHO = [
    (Asker(ALICE), OWNERS, True, True),
    (Asker(BOB), OWNERS, True, True),
    (Asker(Person(BOB.id, "Robert, renamed")), OWNERS, True, True),
    (Asker(CAROL), OWNERS, False, False),
    (Asker(Person("U0OTHER", "Alice")), OWNERS, False, False),  # a namesake
    (Asker(CAROL, is_admin=True), OWNERS, True, True),
    (Asker(None), OWNERS, True, True),  # a program on the server
    (Asker(CAROL), (), False, False),  # a program began it, and named nobody
    (Asker(CAROL, is_admin=True), (), True, True),
    (Asker(None), (), True, True),
]


@pytest.mark.parametrize(("asker", "owners", "owns", "may"), WHO)
@pytest.mark.parametrize("deed", FOR_OWNERS)
def test_who_may(deed: str, asker: Asker, owners: tuple[Person, ...], owns: bool, may: bool) -> None:
    assert is_owner(asker, owners) is owns
    if may:
        check_owner(deed, asker, owners, is_begun=True)
        return
    with pytest.raises(NotAllowed):
        check_owner(deed, asker, owners, is_begun=True)


@pytest.mark.parametrize("owners", [(), OWNERS])
def test_a_board_that_nobody_has_begun_refuses_nobody_unless_somebody_owns_it(owners: tuple[Person, ...]) -> None:
    assert may_own(Asker(CAROL), owners, is_begun=False) == (not owners)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("settings", "Only owners of this board can change its settings: Alice, Bob."),
        ("waive", "Only owners of this board can waive a criterion: Alice, Bob."),
        ("reopen", "Only owners of this board can reopen what is CLOSED: Alice, Bob."),
    ],
)
def test_a_refusal_names_the_owners(deed: str, words: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        check_owner(deed, Asker(CAROL), OWNERS, is_begun=True)
    assert str(caught.value) == f"{words} Ask one of them. Nothing was changed."


def test_the_names_of_owners_stay_apart_from_our_words() -> None:
    with pytest.raises(NotAllowed) as caught:
        check_owner("waive", Asker(CAROL), (Person("U1", "<!here> {owners}"),), is_begun=True)
    assert "<!HERE> {OWNERS}. Ask" in caught.value.say(str.upper)
