"""Which item is meant: a number, or a piece of a title that only one item has."""

from dataclasses import replace
from typing import NamedTuple

from bot.core.board.model import TITLE_LIMIT, Item
from bot.core.board.ways import MOVES
from bot.core.board.words import PIECE, titled, titled_in_front
from bot.errors import BadInput, NotFound, Offer
from bot.services.board import look
from bot.slack.command import Desk, Open, Reply, Say
from bot.slack.layout.blocks import BUTTON_VALUE, context, said
from bot.slack.request import Request, Taken

CHOICES = 5  # items to choose from


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
        raise BadInput(f"Only an item is expected here: `/board {request.verb} 12`, or a piece of its title.")
    return await _titled(desk, request, rest.strip("\"'"))


async def needed(desk: Desk, request: Request) -> int:
    """Return the item that the words mean; there must be one. Raises BadInput and NotFound, as `which` does."""
    number = await which(desk, request)
    if number is None:
        raise BadInput(f"Which item? Write its number, or a piece of its title: `/board {request.verb} 12`.")
    return number


async def with_rest(desk: Desk, request: Request) -> tuple[int, str]:
    """Return the item whose number, or a piece of whose title, stands in front, and the words behind it.

    Raises BadInput without words, and NotFound when no item or several begin so.
    """
    number, rest = request.number()
    if number is not None:
        return number, rest
    if not rest:
        raise BadInput(f"Which item? Write its number in front: `/board {request.verb} 12 …`.")
    board = await desk.door.call(look.whole, request.channel)
    matches, behind = titled_in_front(board, rest)
    if not matches:
        raise NotFound(
            f"“{{words}}” begins with no item's title. Write its number in front: `/board {request.verb} 12 …`.",
            words=rest[:60],
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
    if not places:
        raise BadInput(f"Which criterion? Write the item's number and the criterion's: `/board {request.verb} 12 3`.")
    board = await desk.door.call(look.whole, request.channel)
    pieces = {place: " ".join(words[:place]).strip("\"'") for place in reversed(places)}  # the longest piece first
    place = next((place for place, piece in pieces.items() if titled(board, piece)), places[0])
    number = _only(request, titled(board, pieces[place]), pieces[place], " ".join(words[place:]))
    return OneCriterion(number, int(words[place]), " ".join(words[place + 1 :]))


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
            offers=tuple(_offer(request.verb, item, behind) for item in matches[:CHOICES]),
        )
    if piece.casefold() != matches[0].title.casefold():
        request.taken.append(Taken(piece, matches[0].number, matches[0].title))
    return matches[0].number


def _unnamed(piece: str) -> NotFound:
    short = f" A piece of a word needs {PIECE} characters." if len(piece) < PIECE else ""
    return NotFound(f"No item has “{{piece}}” in its title.{short} `/board` shows the items.", piece=piece)


def saying_what_was_taken(request: Request, reply: Reply) -> Reply:
    """Return an answer or a dialog that says what pieces of titles were taken for, if there were any."""
    lines = [f"“{said(t.piece, 60)}” was taken for #{t.number} {said(t.title, 80)}." for t in request.taken]
    if not lines:
        return reply
    note = context("\n".join(lines))
    match reply:
        case Say(_, blocks):
            return replace(reply, blocks=[*blocks, note])
        case Open(view):
            return Open(view | {"blocks": [note, *view["blocks"]]})
        case _:
            return reply


def _offer(verb: str, item: Item, behind: str) -> Offer:
    """Return a choice of one item, with the words that were typed behind it, unless a button can't hold them."""
    argument = f"{item.number} {behind}".strip()
    return Offer(verb, argument if len(argument) <= BUTTON_VALUE else str(item.number), f"#{item.number} {item.title}")
