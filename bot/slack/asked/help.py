"""Help: the eight words that do most of the work, the others by what they are for, and one command in detail."""

from collections.abc import Iterable, Sequence

from bot.errors import Offer
from bot.slack.command import Command, Group, Say
from bot.slack.layout.blocks import (
    Block,
    actions,
    button,
    chooser,
    clip,
    context,
    offered,
    paragraphs,
    section,
)
from bot.slack.layout.richtext import joined, lines, say

TRY = "Try `/board add Card payments`: it opens a form, and nothing is added before you send it."
WORDS = (
    "*WIP* is the work in progress. *DoD* is an item's Definition of Done: checks that someone else could verify. "
    "Nothing starts or finishes without."
)
MORE = "`/board help all` lists everything."


def first(commands: Sequence[Command]) -> Say:
    """Return what a newcomer needs: what to try, the eight words, and where the others are."""
    title = section(f"*What can be typed*\n{TRY}")
    return _said(commands, [title, *_taught(commands), context(WORDS), *_others(commands)])


def everything(commands: Sequence[Command]) -> Say:
    """Return every command, each under what it is for."""
    groups = [[f"*{group}*", *map(_line, _of(commands, group))] for group in Group]
    blocks = [block for rows in groups for block in paragraphs(rows)]
    return Say(_spoken(commands), [section("*Everything that can be typed*"), *blocks, actions([_chooser(commands)])])


def unknown(commands: Sequence[Command], word: str, offers: Sequence[Offer], hint: str = "") -> Say:
    """Say that there is no such command, with what may be meant as buttons, and the eight words.

    `hint` says what may be meant, our own words; without it, it is the first of the offers.
    """
    typed = say("There is no `/board {word}`.", word=clip(word, 40))
    meant = say("Did you mean `/board {typed}`?", typed=_typed(offers[0])) if offers else ""
    return _said(commands, [*lines(joined(" ", [typed, say(hint) or meant])), *offered(offers), *_taught(commands)])


def in_detail(command: Command) -> Say:
    """Return one command: how it is typed, what it does, and what it asks for."""
    typed = f"/board {command.usage}".strip()
    does = _does(command)
    rows = [f"`{typed}`", f"{does[0].upper()}{does[1:]}.", command.detail]
    run = actions([button(f"/board {command.verb}", command.verb)])
    return Say(f"{typed}: {command.does}. {command.detail}", [*paragraphs(rows), run])


def _said(commands: Sequence[Command], blocks: Sequence[Block]) -> Say:
    ways = actions([button("Add item", "add"), button("Show the board", "board"), _chooser(commands)])
    return Say(_spoken(command for command in commands if command.taught), [*blocks, ways])


def _taught(commands: Sequence[Command]) -> list[Block]:
    return paragraphs(_line(command) for command in commands if command.taught)


def _others(commands: Sequence[Command]) -> list[Block]:
    """Return the words that are not taught, each group on its line."""
    rest = {group: [each.verb for each in _of(commands, group) if not each.taught] for group in Group}
    rows = [f"*{group}*   {' · '.join(verbs)}" for group, verbs in rest.items() if verbs]
    return [context("\n".join([*rows, MORE]))]


def _of(commands: Sequence[Command], group: Group) -> list[Command]:
    """Return a group's commands, the taught ones first."""
    return sorted((command for command in commands if command.group is group), key=lambda command: not command.taught)


def _chooser(commands: Sequence[Command]) -> Block:
    """Return a list to choose any command from."""
    listed = [command for group in Group for command in _of(commands, group)]
    return chooser("Tell me of a command", *((f"/board {command.verb}", f"help {command.verb}") for command in listed))


def _line(command: Command) -> str:
    return f"`/board {command.usage}`".replace(" `", "`") + f"   {_does(command)}"


def _does(command: Command) -> str:
    return command.does + (f" (also `{'`, `'.join(command.aliases)}`)" if command.aliases else "")


def _typed(offer: Offer) -> str:
    """Return what may be meant as it is typed."""
    return clip(f"{offer.verb} {offer.argument}".strip(), 100)


def _spoken(commands: Iterable[Command]) -> str:
    return "\n".join(["Help", *(f"/board {command.usage}: {command.does}" for command in commands)])
