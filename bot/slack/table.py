"""The table of everything that can be typed or clicked, and the one way through it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.slack import membership
from bot.slack.board import app_home, board, dod, finish, history, items, moves, shortcut
from bot.slack.command import Desk, Reply, Say
from bot.slack.digest import checkin, nudge, schedule, settings, standup
from bot.slack.documents import export, importing, notice
from bot.slack.layout.blocks import actions, button, chooser, clip, esc, paragraphs
from bot.slack.ops import doctor
from bot.slack.production import facts
from bot.slack.request import Request, Via

NEAR = 0.6  # of 1: how alike a mistyped word must be to a command to be taken for it; two letters swapped are one slip


@dataclass(frozen=True, slots=True)
class Command:
    """One verb: what is typed, what it does in a few words, what help on it alone tells beside that, who does it.

    Taught ones are in the first help. `aliases` are other words for the same.
    """

    verb: str
    usage: str
    does: str
    detail: str
    run: Callable[[Desk, Request], Awaitable[Reply]]
    taught: bool = False
    aliases: tuple[str, ...] = ()
    anywhere: bool = False  # needs no board, so it may be asked for by everybody and in a direct message


async def show_help(_desk: Desk, request: Request) -> Reply:
    """List the commands: the taught ones, all of them, or one."""
    wanted = request.words.lower()
    if wanted == "all":
        return _help("Everything that can be typed", list(COMMANDS))
    command = find(wanted)
    if command is not None:
        return _in_detail(command)
    return _taught(_unknown(wanted) if wanted else "What can be typed")


DATES = "Dates are written as `2026-12-24`."

COMMANDS = (
    Command(
        "board",
        "",
        "shows the board",
        "Nobody else sees it; *Share to channel* posts a copy.",
        board.board,
    ),
    Command(
        "add",
        "add",
        "opens the form for a new item",
        "`/board add Card payments` opens the form with that title. It goes to NEXT, or to LATER when NEXT is full.",
        moves.add,
        taught=True,
    ),
    Command(
        "start",
        "start [N]",
        "starts an item; without one, the first of NEXT",
        "It needs WIP free, or your own slot where each person has one, and a Definition of Done; "
        "what resembles finished work needs a reason too.",
        moves.start,
        taught=True,
        aliases=("pull",),
    ),
    Command(
        "tick",
        "tick [N] k",
        "marks criterion k as met",
        "`/board tick 3` means your item in progress, or the board's if you have none; `/board tick 12 3` means #12.",
        dod.tick,
        taught=True,
    ),
    Command(
        "status",
        "status TEXT",
        "leaves a status note on your item in progress",
        "`/board status waiting for the review`; for another item, with its #: `/board status #12 half is done`.",
        items.status,
        taught=True,
    ),
    Command(
        "finish",
        "finish [N]",
        "ticks the DoD and finishes the item",
        "The dialog saves what you tick. With no criterion open it asks once more, and can start the next item.",
        finish.finish,
        taught=True,
        aliases=("done",),
    ),
    Command(
        "park",
        "park [N] REASON",
        "frees WIP: the item waits in BLOCKED",
        "`/board park waiting for the keys`. Without a reason a dialog asks for it, and for a day to look again.",
        moves.park,
        taught=True,
    ),
    Command(
        "facts",
        f"facts [{facts.WORDS}]",
        "shows what production says, or asks it again",
        "`/board facts run` asks production now, `/board facts history` tells what was seen.",
        facts.facts,
        taught=True,
    ),
    Command(
        "settings",
        "settings [one for the board | one for each person]",
        "opens the settings: one in progress, digest, zone, owners",
        "They are for the board's owners. Whoever opens them first is one. `one for each person` gives each person one "
        "item in progress, `one for the board` is as at first.",
        settings.settings,
        taught=True,
    ),
    Command(
        "show",
        "show [N]",
        "shows everything about an item",
        "`/board show 12`, or a piece of its title that only one item has: `/board show payments`.",
        items.show,
    ),
    Command(
        "edit",
        "edit N",
        "changes an item's words and owner",
        "Title, scope, owner, estimate, priority, links and notes. `/board dod 12` writes the criteria.",
        items.edit,
    ),
    Command(
        "dod",
        "dod N",
        "writes an item's Definition of Done",
        "One check a line. Each has a menu: tick, evidence, waive.",
        dod.dod,
    ),
    Command(
        "untick",
        "untick [N] k",
        "opens criterion k again",
        "`/board untick 3` means the item in progress, `/board untick 12 3` means #12.",
        dod.untick,
    ),
    Command(
        "evidence",
        "evidence N k TEXT",
        "says what shows that criterion k is met",
        "`/board evidence 12 3 PR #1795`. Without words a dialog asks for them.",
        dod.evidence,
    ),
    Command(
        "waive",
        "waive N k REASON",
        "lets criterion k go unmet; for owners",
        "`/board waive 12 3 no data yet`. The reason stays visible.",
        dod.waive,
    ),
    Command(
        "unblock",
        "unblock N",
        "brings a parked item back, or takes a flag off",
        "A parked item goes to the front of NEXT, or of LATER when NEXT is full.",
        moves.unblock,
    ),
    Command(
        "queue",
        "queue N [POSITION]",
        "puts an item into NEXT",
        "`/board queue 12 1` puts it first. From WIP it needs a reason: `/board queue 12 the keys are missing`.",
        moves.queue,
    ),
    Command(
        "defer",
        "defer N",
        "moves an item from NEXT to LATER",
        "It goes to the front of LATER.",
        moves.defer,
        aliases=("later",),
    ),
    Command(
        "move",
        "move N up | down | first | last | POSITION",
        "moves an item inside its lane",
        "`/board move 12 first`. It works inside NEXT and inside LATER.",
        moves.move,
    ),
    Command(
        "drop",
        "drop N REASON",
        "takes an item off the board",
        "A dialog asks for the reason and is the confirmation. It stays in the history.",
        moves.drop,
    ),
    Command(
        "copy",
        "copy N",
        "opens the form for a new item with the words of another",
        "It is the way back for an item that was dropped.",
        moves.copy,
    ),
    Command(
        "reopen",
        "reopen N EVIDENCE",
        "brings a done item back",
        "What is CLOSED needs new failing evidence and an owner; what is STABLE needs a reason.",
        moves.reopen,
    ),
    Command(
        "block",
        "block [N] REASON",
        "flags the item in progress as blocked",
        "The item stays in progress. `/board park` frees WIP instead.",
        items.block,
    ),
    Command(
        "assign",
        "assign N @PERSON",
        "gives an item to somebody",
        "`/board assign 12 @Maria`, `/board assign 12 me`, `/board assign 12 nobody`.",
        items.assign,
    ),
    Command(
        "gate",
        "gate [N]",
        "asks the four questions before a start",
        "Does it resemble finished work, is WIP free, is the DoD fit, is production green? Nothing changes.",
        history.gate,
    ),
    Command(
        "prove",
        "prove N REASON",
        "starts an item that resembles finished work",
        "`/board prove 12 the importer fails again` says why it begins all the same.",
        moves.prove,
    ),
    Command(
        "undo",
        "undo",
        "takes back the last change, for ten minutes",
        "It is for whoever made the change, and for owners. Nothing is deleted: the undoing is told in the log.",
        history.undo,
    ),
    Command(
        "retry",
        "retry N [STEP]",
        "tries what failed after a finish again",
        "N is the finished item. Without a step, everything that failed is tried.",
        notice.retry,
    ),
    Command(
        "take",
        "take [FILE]",
        "takes what somebody wrote into a file onto the board",
        "It is the answer to a file that somebody changed by hand, as *Take the file* is.",
        notice.take,
    ),
    Command(
        "keep",
        "keep [FILE]",
        "writes the board over what somebody wrote into a file",
        "It is the answer to a file that somebody changed by hand, as *Keep the board* is.",
        notice.keep,
    ),
    Command(
        "log",
        "log [N]",
        "shows what happened",
        "`/board log 12`, or a piece of its title; `/board log` is the whole board's, newest first.",
        history.log,
    ),
    Command(
        "digest",
        f"digest {schedule.WORDS}",
        "sets the digest",
        f"Alone it says when the digest comes. `none` takes holidays and days off away. {DATES}",
        schedule.digest,
    ),
    Command(
        "checkin",
        "checkin",
        "answers the digest: did, next, what is in the way",
        "Your answer stands in the digest, and can be changed until the next digest.",
        checkin.checkin,
    ),
    Command(
        "standup",
        f"standup [{standup.WORDS}]",
        "shows who answered the digest, and what is in the way",
        "`ask at 9:00` asks you for your answer in your morning, once a day; `never` leaves you out of every standup. "
        "`gone` takes away what you said to be in the way. They are about you alone, on every board.",
        standup.standup,
    ),
    Command(
        "nudge",
        "nudge snooze | stop | on",
        "asks you for status notes before the digest, or not",
        "It is about you alone, on every board. `snooze` is for a week.",
        nudge.nudge,
    ),
    Command(
        "share",
        "share",
        "posts a copy of the board into the channel",
        "It is a copy of this moment; the pinned message is the one that is kept true.",
        board.share,
    ),
    Command(
        "mine",
        "mine",
        "lists your items on every board",
        "It works in a direct message too.",
        app_home.mine,
        anywhere=True,
    ),
    Command(
        "import",
        "import",
        "puts the items of a document onto the board",
        "A dialog takes the file and shows what it understood before anything changes.",
        importing.import_document,
    ),
    Command(
        "export",
        f"export [{export.WORDS}]",
        "gives you the board as a file",
        "It comes into your direct messages. Without a word it is Markdown.",
        export.export,
    ),
    Command(
        "doctor",
        "doctor [revive]",
        "says how the bot itself is, and why a digest did not come",
        "Green is well. What is not well says what to do. `revive` tries again what was given up of this board.",
        doctor.doctor,
    ),
    Command(
        "help",
        "help [all | COMMAND]",
        "shows this",
        "`/board help finish` tells of one command.",
        show_help,
        anywhere=True,
    ),
)

BY_WORD = {word: command for command in COMMANDS for word in (command.verb, *command.aliases)}


def find(word: str) -> Command | None:
    """Return the command of a verb or an alias, in any case."""
    return BY_WORD.get(word.lower())


async def dispatch(desk: Desk, request: Request) -> Reply:
    """Do what is asked for. Raises UserError; an unknown word is answered with the nearest one and the help."""
    if request.via is Via.MESSAGE:
        return await app_home.direct(desk, request)
    command = find(request.verb)
    if command is not None:
        return await _run(command, desk, request)
    return _taught(_unknown(request.verb))


def _unknown(word: str) -> str:
    """Say that there is no such command, with the one that is meant."""
    near = process.extractOne(word, BY_WORD.keys(), scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    hint = f"Did you mean `/board {near[0]}`?" if near else ""
    return f"There is no `/board {esc(clip(word, 40))}`. {hint}".strip()


async def _run(command: Command, desk: Desk, request: Request) -> Reply:
    """Do what is asked for where there is a board to do it on, and for those who may."""
    if request.via is Via.SHORTCUT and command.verb == "add":
        return await shortcut.add(desk, request)
    if not command.anywhere and request.is_direct:
        return await app_home.ask_which(desk, request)
    if not command.anywhere:
        await membership.check(desk, request)
    return await command.run(desk, request)


def _taught(title: str) -> Say:
    return _help(title, [command for command in COMMANDS if command.taught])


def _in_detail(command: Command) -> Say:
    """Return one command: how it is typed, what it does, and what it asks for."""
    typed = f"/board {command.usage}".strip()
    does = _does(command)
    lines = [f"`{typed}`", f"{does[0].upper()}{does[1:]}.", command.detail]
    run = actions([button(f"/board {command.verb}", command.verb)])
    return Say(f"{typed}: {command.does}. {command.detail}", [*paragraphs(lines), run])


def _help(title: str, commands: list[Command]) -> Say:
    lines = [f"`/board {command.usage}`".replace(" `", "`") + f"   {_does(command)}" for command in commands]
    more = [] if len(commands) == len(COMMANDS) else ["`/board help all` lists everything."]
    every = chooser(
        "Tell me of a command", *((f"/board {command.verb}", f"help {command.verb}") for command in COMMANDS)
    )
    blocks = [*paragraphs([f"*{title}*" if "`" not in title else title, *lines, *more]), actions([every])]
    return Say("\n".join(["Help", *(f"/board {command.usage}: {command.does}" for command in commands)]), blocks)


def _does(command: Command) -> str:
    return command.does + (f" (also `{'`, `'.join(command.aliases)}`)" if command.aliases else "")
