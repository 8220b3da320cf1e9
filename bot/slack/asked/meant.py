"""What somebody meant by words that begin with no command: an item, and perhaps what to do with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.board.model import LIVE, Board, Item, Lane
from bot.core.board.ways import BESIDE, MOVES, PLACE, is_open, offer, open_ways
from bot.core.board.words import titled_in_front
from bot.core.people import Person
from bot.errors import Offer
from bot.slack.layout.blocks import BUTTON_VALUE, clip
from bot.slack.request import Request

NEAR = 0.6  # of 1: how alike a mistyped word must be to a command to be taken for it; two letters swapped are one slip
CHOICES = 5  # items to choose from
FILLERS = frozenset({"is", "was", "are", "it", "to", "as", "be", "now", "please", "should", "gets", "got", "in", "for"})
# What people say of an item, beside the commands themselves: what may be meant, likeliest first.
SAID = {
    **{move.past: (verb,) for verb, move in MOVES.items()},
    **dict.fromkeys(("ready", "complete", "completed", "closed", "over"), ("finish",)),
    **dict.fromkeys(("blocked", "stuck", "waiting", "waits", "hangs"), ("park", "block")),
    **dict.fromkeys(("begin", "begins", "doing", "wip"), ("start",)),
    **dict.fromkeys(("next",), ("queue",)),
    **dict.fromkeys(("deleted", "delete", "cancelled", "cancel", "remove"), ("drop",)),
}
SEVERAL = "Several items have that in their title. Which one do you mean?"
# These take the words that stand behind an item.
WITH_WORDS = frozenset(
    {"park", "block", "drop", "status", "reopen", "prove", "assign", "tick", "untick", "evidence", "waive"}
)
# A button's one line where the table of moves has none.
LABELS = {
    "show": "Show #{}",
    "status": "Note it on #{}…",
    "log": "What happened to #{}",
    "gate": "Ask the gate about #{}",
    "assign": "Change the owner of #{}…",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """An item that the words begin with, by its number or by its title, and the words behind it.

    `items`: those that have that piece of a title, where it is not one alone.
    """

    items: tuple[Item, ...]
    rest: str

    @property
    def item(self) -> Item | None:
        """The only item that is meant."""
        return self.items[0] if len(self.items) == 1 else None


def words_of(request: Request) -> str:
    """Return everything that was typed."""
    return f"{request.verb} {request.words}".strip()


def number_in_front(request: Request) -> tuple[int | None, str]:
    """Return the number that stands where a command is expected, and the words behind it."""
    return replace(request, words=words_of(request)).number()


def item_in_front(board: Board, request: Request) -> Meant | None:
    """Return what item, or which several, the words begin with; none, if with none."""
    number, rest = number_in_front(request)
    if number is not None:
        items = tuple(item for item in board.items if item.number == number)
    else:
        items, rest = titled_in_front(board, words_of(request))
    return Meant(items, rest) if items else None


def nearest(word: str, verbs: Iterable[str]) -> str:
    """Return the command that a mistyped word is like; nothing, if like none."""
    near = process.extractOne(word, list(verbs), scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return str(near[0]) if near else ""


def retyped(verb: str, words: str) -> Offer:
    """Return the button that types a command with its right name, and all that stood behind the wrong one."""
    argument = words if len(words) <= BUTTON_VALUE else ""
    return Offer(verb, argument, clip(f"/board {verb} {argument}".strip(), 75))


def ways(board: Board, meant: Meant, verbs: dict[str, str], by: Person | None) -> tuple[str, tuple[Offer, ...]]:
    """Return what may be meant with an item, as buttons; `verbs` has the command of each word that is one.

    In front of them, what is to be said of them where the first is not what was meant: a move that can't be made now.
    """
    if meant.item is None:
        return SEVERAL, tuple(choice("show", item) for item in meant.items[:CHOICES])
    item, (said, rest) = meant.item, _said(meant.rest, verbs)
    show = _way("show", item)
    wanted = [_way(verb, item, rest) for verb in said if verb not in MOVES or is_open(board, verb, item, by)]
    if said and not wanted:
        return f"#{item.number} is {PLACE[item.lane]}. This can be done with it now:", (
            *open_ways(board, item, by),
            show,
        )
    if meant.rest and not said:
        wanted = [_way("status", item, meant.rest)] if item.lane in LIVE else []
    return "", tuple(dict.fromkeys([*wanted, show]))


def _said(words: str, verbs: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """Return the commands that words behind an item may mean, and what stands behind these words."""
    parts = words.split()
    while parts and parts[0].casefold() in FILLERS:
        parts.pop(0)
    if not parts:
        return (), ""
    first = parts[0].casefold().strip(".,;:?")
    said = (verbs[first],) if first in verbs else SAID.get(first, ())
    return said, " ".join(parts[1:])


def _way(verb: str, item: Item, rest: str = "") -> Offer:
    """Return a button for an item, with the words that the command takes behind it."""
    number = f"#{item.number}" if verb == "status" else str(item.number)
    argument = f"{number} {rest}".strip() if verb in WITH_WORDS else number
    if len(argument) > BUTTON_VALUE:
        argument = number
    has_label = verb in BESIDE or (verb in MOVES and MOVES[verb].label)
    label = offer(verb, item).label if has_label else LABELS.get(verb, f"/board {verb} {{}}").format(item.number)
    return Offer(verb, argument, label)


def choice(verb: str, item: Item, behind: str = "") -> Offer:
    """Return a choice of one item, with the words that were typed behind it, unless a button can't hold them."""
    argument = f"{item.number} {behind}".strip()
    return Offer(verb, argument if len(argument) <= BUTTON_VALUE else str(item.number), f"#{item.number} {item.title}")


LANES = (Lane.WIP, Lane.NEXT, Lane.BLOCKED, Lane.LATER)


def choices(board: Board, verb: str, by: Person | None, behind: str = "") -> tuple[Offer, ...]:
    """Return the items that a command may be about, as buttons: those it can move now, or those that are not done."""
    move = MOVES.get(verb)
    lanes = (Lane.DONE,) if verb == "reopen" else LANES
    items = [item for lane in lanes for item in (board.done[::-1] if lane is Lane.DONE else board.lane(lane))]
    if move and move.label:
        items = [item for item in items if is_open(board, verb, item, by)]
    elif move:
        items = [item for item in items if item.lane in move.sources]
    return tuple(choice(verb, item, behind) for item in items[:CHOICES])
