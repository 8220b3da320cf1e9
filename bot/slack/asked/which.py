"""Which item is meant: a number, or a piece of a title that only one item has."""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.core.board.model import TITLE_LIMIT, Board, Item
from bot.core.board.ways import MOVES, offer
from bot.core.board.words import PIECE, titled, titled_in_front
from bot.errors import BadInput, NotFound, Offer
from bot.services.board import look
from bot.slack.asked.meant import CHOICES, choice, choices
from bot.slack.command import Desk, Open, Reply, Say
from bot.slack.layout.blocks import BUTTON, clip
from bot.slack.layout.richtext import short, small
from bot.slack.request import Request, Taken

# Criteria with a comma or an *and* between them, behind an item or alone: `3, 4`, `12 3 and 4`, `payments 1,2`.
LISTED = TITLE_LIMIT + 100  # characters: a title and a list
SEVERAL = re.compile(r"(?:(?P<of>.+?)\s+)?(?P<ks>[0-9]{1,4}(?:(?:\s*[,&+]\s*|\s+and\s+)[0-9]{1,4})+)")


class OneCriterion(NamedTuple):
    """A criterion that was typed: its item (None: theirs in progress), its number from 1, the words behind it."""

    number: int | None
    k: int
    rest: str


async def which(desk: Desk, request: Request) -> int | None:
    """Return the item that the words mean, nothing else being in them; no words, None: the obvious one.

    Raises BadInput, and NotFound when no item or several have the piece in their title.
    """
    number, rest = request.number()
    if not rest:
        return number
    if number is not None:
        raise BadInput(
            f"Only an item is expected here: `/board {request.verb} 12`, or a piece of its title.",
            offers=(Offer(request.verb, str(number), f"/board {request.verb} {number}"),),
        )
    return await _titled(desk, request, rest.strip("\"'"))


async def needed(desk: Desk, request: Request) -> int:
    """Return the item that the words mean; there must be one. Raises BadInput and NotFound, as `which` does."""
    number = await which(desk, request)
    if number is None:
        raise BadInput(
            f"Which item? Write its number, or a piece of its title: `/board {request.verb} 12`.",
            offers=await _choices(desk, request),
        )
    return number


async def with_rest(desk: Desk, request: Request) -> tuple[int, str]:
    """Return the item whose number, or a piece of whose title, stands in front, and the words behind it.

    Raises BadInput without words, and NotFound when no item or several begin so.
    """
    number, rest = request.number()
    if number is not None:
        return number, rest
    if not rest:
        raise BadInput(
            f"Which item? Write its number in front: `/board {request.verb} 12 …`.",
            offers=await _choices(desk, request),
        )
    board = await desk.door.call(look.whole, request.channel)
    matches, behind = titled_in_front(board, rest)
    if not matches:
        raise NotFound(
            f"“{{words}}” begins with no item's title. Write its number in front: `/board {request.verb} 12 …`.",
            words=rest[:60],
            offers=choices(board, request.verb, request.who, rest),
        )
    return _only(request, matches, rest.removesuffix(behind).strip(" \"'"), behind), behind


async def one_criterion(desk: Desk, request: Request) -> OneCriterion:
    """Return the criterion that is meant: `12 3`, `a piece of a title 3`, or `3`, with the words behind it.

    Raises BadInput when no criterion is named, and NotFound when no item or several have the piece.
    """
    number, rest = request.number()
    if number is not None:
        k, _, behind = (rest or str(number)).partition(" ")
        if _is_criterion(k):
            return OneCriterion(number if rest else None, int(k), behind)
    words = rest.split() if number is None else []
    piece_limit = TITLE_LIMIT // 2  # words; a title has no more, each with its space
    places = [place for place, word in enumerate(words[: piece_limit + 1]) if place and _is_criterion(word)]
    board = await desk.door.call(look.whole, request.channel)
    if not places:
        raise BadInput(
            f"Which criterion? Write the item's number and the criterion's: `/board {request.verb} 12 3`.",
            offers=_criteria(board, request, number),
        )
    pieces = {place: " ".join(words[:place]).strip("\"'") for place in reversed(places)}  # the longest piece first
    place = next((place for place, piece in pieces.items() if titled(board, piece)), places[0])
    number = _only(request, titled(board, pieces[place]), pieces[place], " ".join(words[place:]))
    return OneCriterion(number, int(words[place]), " ".join(words[place + 1 :]))


async def several_criteria(desk: Desk, request: Request) -> tuple[int | None, tuple[int, ...]]:
    """Return the criteria that are meant, with nothing behind them, and their item (None: the one in progress).

    Raises BadInput and NotFound, as `one_criterion` does.
    """
    words = request.words.strip()
    listed = SEVERAL.fullmatch(words) if len(words) <= LISTED else None
    if listed is None:
        number, k, rest = await one_criterion(desk, request)
        if rest:
            raise BadInput(
                f"Which criteria? Write their numbers with commas: `/board {request.verb} 3, 4`.",
                offers=_criteria(await desk.door.call(look.whole, request.channel), request, number),
            )
        return number, (k,)
    ks = tuple(dict.fromkeys(int(k) for k in re.findall(r"[0-9]+", listed["ks"])))
    return await which(desk, replace(request, words=listed["of"] or "")), ks


def _criteria(board: Board, request: Request, number: int | None) -> tuple[Offer, ...]:
    """Return the criteria that a command may be about, as buttons: of the item named, or the one in progress."""
    own = board.in_progress_of(request.who.id) or board.wip
    item = next((item for item in board.items if item.number == number), own)
    if item is None:
        return ()
    wanted = {"tick": False, "untick": True}.get(request.verb)
    fitting = [(k, c) for k, c in enumerate(item.dod, 1) if wanted in (None, c.settled)][:CHOICES]
    labels = {k: clip(f"#{item.number}: {k} {criterion.text}", BUTTON) for k, criterion in fitting}
    return tuple(Offer(request.verb, f"{item.number} {k}", label) for k, label in labels.items()) or (
        offer("dod", item),
    )


async def _choices(desk: Desk, request: Request) -> tuple[Offer, ...]:
    return choices(await desk.door.call(look.whole, request.channel), request.verb, request.who)


def _is_criterion(word: str) -> bool:
    return word.isdecimal() and len(word) <= 4


async def shown(desk: Desk, request: Request, number: int | None) -> Item:
    """Return an item to show in a dialog; without a number, the one that the verb means. Raises NotFound."""
    return await desk.door.call(look.show, request.channel, number, request.verb, request.who)


async def _titled(desk: Desk, request: Request, piece: str) -> int:
    return _only(request, titled(await desk.door.call(look.whole, request.channel), piece), piece)


def _only(request: Request, matches: tuple[Item, ...], piece: str, behind: str = "") -> int:
    """Return the one item that was found; none or several are refused, with those to choose from.

    Of several that a move is asked for, those it can't begin with are not meant.
    """
    if not matches:
        raise _unnamed(piece)
    move = MOVES.get(request.verb)
    matches = tuple(item for item in matches if move and item.lane in move.sources) or matches
    if len(matches) > 1:
        some = f" Here are {CHOICES}; more of the title finds the others." if len(matches) > CHOICES else ""
        raise NotFound(
            f"{len(matches)} items have “{{piece}}” in their title. Which one?{some}",
            piece=piece,
            offers=tuple(choice(request.verb, item, behind) for item in matches[:CHOICES]),
        )
    if piece.casefold() != matches[0].title.casefold():
        request.taken.append(Taken(piece, matches[0].number, matches[0].title))
    return matches[0].number


def _unnamed(piece: str) -> NotFound:
    short = f" A piece of a word needs {PIECE} characters." if len(piece) < PIECE else ""
    return NotFound(
        f"No item has “{{piece}}” in its title.{short} `/board` shows the items.",
        piece=piece,
        offers=(Offer("board", "", "Show the board"),),
    )


def saying_what_was_taken(request: Request, reply: Reply) -> Reply:
    """Return an answer or a dialog that says what pieces of titles were taken for, if there were any."""
    taken = [f"“{short(t.piece, 60)}” was taken for #{t.number} {short(t.title, 80)}." for t in request.taken]
    if not taken:
        return reply
    notes = small(*taken)
    match reply:
        case Say(_, blocks):
            return replace(reply, blocks=[*blocks, *notes])
        case Open(view):
            return Open(view | {"blocks": [*notes, *view["blocks"]]})
        case _:
            return reply
