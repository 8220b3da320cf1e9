"""The standup of a day: who belongs, who answered, who is away, what is in the way, and when somebody is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.board.model import Block
from bot.core.digest.checkin import (
    Checkin,
    Obstacle,
    carried,
    checked_in,
    consequence,
    is_same,
    standing,
    with_obstacle,
)
from bot.core.digest.nudging import Availability
from bot.core.digest.schedule import Plan
from bot.core.digest.standup import Candidate, Member, Wish, asking, hold, roster, why_away
from bot.errors import BadInput
from tests.core.boards import NOW, board, changed
from tests.people import ALICE, BOB, CAROL

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = NOW.date()
VACATION = Availability(status="Vacationing", emoji=":palm_tree:")


# Who belongs


ROSTER = [
    # who is there, what is planned, what they wish, and whether they belong
    ({}, Plan(), Wish(), True),
    ({"is_bot": True}, Plan(), Wish(), False),
    ({"is_guest": True}, Plan(), Wish(), False),
    ({"is_guest": True}, Plan(also=frozenset({ALICE.id})), Wish(), True),
    ({}, Plan(left_out=frozenset({ALICE.id})), Wish(), False),
    ({}, Plan(left_out=frozenset({ALICE.id}), also=frozenset({ALICE.id})), Wish(), False),
    ({}, Plan(), Wish(never=True), False),
    ({}, Plan(also=frozenset({ALICE.id})), Wish(never=True), False),
    ({"has_left": True}, Plan(also=frozenset({ALICE.id})), Wish(), False),
]


@pytest.mark.parametrize(("traits", "plan", "wish", "belongs"), ROSTER)
def test_members_of_the_channel_belong_but_for_bots_and_guests(
    traits: dict[str, bool], plan: Plan, wish: Wish, belongs: bool
) -> None:
    candidate = Candidate(ALICE, **traits)  # type: ignore[arg-type]
    members = roster([candidate], plan, {ALICE.id: wish}, TODAY, NOW)
    assert [member.person for member in members] == ([ALICE] if belongs else [])


AWAY = [
    (Availability(), Wish(), ""),
    (VACATION, Wish(), "Vacationing"),
    (replace(VACATION, status=""), Wish(), "away"),
    (replace(VACATION, status_until=NOW), Wish(), ""),
    (replace(VACATION, status_until=NOW + HOUR), Wish(), "Vacationing"),
    (Availability(status="In a meeting", emoji=":calendar:"), Wish(), ""),
    # it is night there, and notifications rest: the standup is open for a day all the same
    (Availability(zone="Asia/Tokyo", quiet_from=NOW - HOUR, quiet_until=NOW + HOUR), Wish(), ""),
    (Availability(), Wish(holidays="BG"), "Liberation Day"),
    (Availability(), Wish(holidays="GR"), ""),
]


@pytest.mark.parametrize(("availability", "wish", "why"), AWAY)
def test_somebody_is_away_by_their_status_or_on_a_holiday_of_theirs(
    availability: Availability, wish: Wish, why: str
) -> None:
    assert why_away(availability, wish, date(2026, 3, 3), NOW) == why


def test_who_is_away_is_not_asked() -> None:
    wishes = {ALICE.id: Wish(ask_at=time(9)), BOB.id: Wish(ask_at=time(9))}
    alice, bob = roster([Candidate(ALICE, VACATION), Candidate(BOB)], Plan(), wishes, TODAY, NOW)
    assert (alice.away, alice.asking) == ("Vacationing", None)
    assert bob.asking is not None


# When they are asked: the digest of Monday comes at nine in London


ASKED = [
    ("Europe/London", time(9), NOW, TODAY),  # at once
    ("Europe/London", time(8), NOW, TODAY),  # in their morning still
    ("Europe/London", time(10), NOW + HOUR, TODAY),
    ("Europe/London", time(6), NOW + DAY - 3 * HOUR, TODAY + DAY),  # their morning is over
    ("America/New_York", time(9), NOW + 5 * HOUR, TODAY),
    ("Asia/Tokyo", time(9), datetime(2026, 3, 3, 0, 0, tzinfo=UTC), TODAY + DAY),  # there it is evening
]


@pytest.mark.parametrize(("zone", "at", "moment", "day"), ASKED)
def test_they_are_asked_in_their_own_morning(zone: str, at: time, moment: datetime, day: date) -> None:
    planned = asking(Plan(zone="Europe/London"), NOW, zone, at)
    assert (planned.at, planned.on) == (moment, day)
    assert not planned.is_too_late(moment + 2 * HOUR)
    assert planned.is_too_late(moment + 3 * HOUR)


def test_nobody_is_asked_on_a_day_off() -> None:
    friday = NOW + 4 * DAY
    planned = asking(Plan(), friday, "Asia/Tokyo", time(9))
    assert (planned.at, planned.on) == (datetime(2026, 3, 9, 0, 0, tzinfo=UTC), date(2026, 3, 9))


# Who answered


def answer(who: object = ALICE, did: str = "", blockers: str = "", ago: timedelta = HOUR, **more: object) -> Checkin:
    return replace(checked_in(who, did, "", blockers, NOW - ago, "…"), **more)  # type: ignore[arg-type]


MEMBERS = (Member(CAROL, "Vacationing"), Member(BOB), Member(ALICE))


@pytest.mark.parametrize(
    ("answers", "silent", "away", "total"),
    [
        ([], [ALICE, BOB], [CAROL], 3),
        ([answer(ALICE)], [BOB], [CAROL], 3),
        ([answer(ALICE), answer(BOB), answer(CAROL)], [], [], 3),
    ],
)
def test_everybody_has_answered_or_has_not_or_is_away(
    answers: list[Checkin], silent: list[object], away: list[object], total: int
) -> None:
    stands = hold(MEMBERS, answers, (), board())
    assert (list(stands.silent), [member.person for member in stands.away], stands.total) == (silent, away, total)
    assert len(stands.answers) + len(stands.silent) + len(stands.away) == stands.total


def test_who_answers_without_belonging_is_counted() -> None:
    stands = hold([Member(BOB)], [answer(ALICE)], (), board())
    assert (stands.total, stands.silent) == (2, (BOB,))


# What is in the way


FLAGGED = changed(board(wip=[1]), 1, blocked=Block("no keys", NOW))
PARKED = changed(board(blocked=[1]), 1, blocked=Block("no keys", NOW))


@pytest.mark.parametrize(
    ("said", "on", "stands"),
    [
        (None, board(), False),
        (answer(did="the page"), board(), False),
        (answer(blockers="no keys"), board(), True),
        (answer(blockers="no keys", gone=NOW), board(), False),
        (answer(blockers="no keys", number=1), FLAGGED, True),
        (answer(blockers="no keys", number=1), PARKED, True),
        (answer(blockers="no keys", number=1), board(wip=[1]), False),
        (answer(blockers="no keys", number=1), board(done=[1]), False),
        (answer(blockers="no keys", number=1), board(), False),
        (answer(blockers="another thing", number=1), FLAGGED, False),
    ],
)
def test_it_is_in_the_way_until_somebody_says_that_it_is_gone(said: Checkin | None, on: object, stands: bool) -> None:
    assert (standing(said, on) is not None) == stands  # type: ignore[arg-type]


def test_what_was_said_before_stands_oldest_first_until_its_own_answer_says_otherwise() -> None:
    latest = [answer(ALICE, blockers="no keys", ago=DAY), answer(BOB, blockers="staging is down", ago=2 * DAY)]
    obstacles = hold(MEMBERS, [], latest, board()).obstacles
    assert [(each.who, each.text, each.since) for each in obstacles] == [
        (BOB, "staging is down", NOW - 2 * DAY),
        (ALICE, "no keys", NOW - DAY),
    ]
    said = carried(answer(BOB, blockers="Staging  is down"), obstacles[0])
    assert [each.who for each in hold(MEMBERS, [said], latest, board()).obstacles] == [BOB, ALICE]
    for changed_answer in (answer(BOB, did="the page"), answer(BOB, blockers="something else")):
        assert [each.who for each in hold(MEMBERS, [changed_answer], latest, board()).obstacles] == [ALICE]


def test_the_same_words_keep_their_first_day_and_own_words_say_nothing_of_it() -> None:
    last = Obstacle(ALICE, "No keys", NOW - 3 * DAY, 7)
    assert carried(answer(blockers=" no  KEYS"), last).since == NOW - 3 * DAY
    assert carried(answer(blockers="no time"), last).since == NOW - HOUR
    kept = with_obstacle(answer(words="the page is there"), last)
    assert (kept.words, kept.blockers, kept.since, kept.number) == ("the page is there", "No keys", NOW - 3 * DAY, 7)
    assert with_obstacle(answer(), None) == answer()
    assert is_same("Straße ", "STRASSE")


FREE, OWN = board(wip=[1]), FLAGGED
BEFORE = Obstacle(ALICE, "no keys", NOW - DAY)
BOUND = replace(BEFORE, number=1)
CONSEQUENCES = [
    # the board, whether #1 is theirs, what they say, what stood, their words for it, park; and what becomes of it
    (FREE, True, "no keys", None, "", False, ("block", 1)),
    (FREE, True, "no keys", None, "", True, ("park", 1)),
    (FREE, False, "no keys", None, "", False, ("", None)),
    (FREE, False, "no keys", None, "", True, ("", None)),
    (FREE, True, "", None, "", False, ("", None)),
    (OWN, True, "", BOUND, "no keys", False, ("unblock", 1)),
    (OWN, True, "no keys", BOUND, "no keys", False, ("", 1)),
    (OWN, True, "no keys", BOUND, "no keys", True, ("park", 1)),
    (OWN, True, "no time", BOUND, "no keys", False, ("block", 1)),
    (PARKED, False, "", BOUND, "no keys", False, ("unblock", 1)),
    (PARKED, False, "no keys", BOUND, "no keys", True, ("", 1)),
    (FREE, True, "no keys", None, "no keys", False, ("", None)),  # somebody took the flag off
    (FREE, True, "no time", None, "no keys", False, ("block", 1)),
    (OWN, True, "no time", None, "", False, ("", None)),  # a flag that somebody else put on
    (OWN, True, "", None, "", False, ("", None)),
]


@pytest.mark.parametrize(("on", "is_theirs", "blockers", "last", "before", "park", "becomes"), CONSEQUENCES)
def test_what_is_in_the_way_becomes_a_flag_or_a_parked_item(
    on: object, is_theirs: bool, blockers: str, last: Obstacle | None, before: str, park: bool, becomes: object
) -> None:
    item = on.item(1) if is_theirs else None  # type: ignore[attr-defined]
    assert consequence(on, item, answer(blockers=blockers), last, before, park=park) == becomes  # type: ignore[arg-type]


def test_an_answer_says_something_and_not_too_much() -> None:
    for given, name in ((("", " ", "", ""), "did"), (("", "", "", "x" * 3001), "words")):
        with pytest.raises(BadInput) as caught:
            checked_in(ALICE, *given[:3], NOW, given[3])
        assert caught.value.field == name
