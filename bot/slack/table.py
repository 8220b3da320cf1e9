"""The table of everything that can be typed or clicked, and the one way through it."""

from dataclasses import replace

from bot.core.board.model import Board
from bot.errors import Offer, UserError
from bot.services.board import look
from bot.slack import membership
from bot.slack.asked import help as helps
from bot.slack.asked import meant
from bot.slack.board import app_home, board, dod, finish, history, items, moves, shortcut
from bot.slack.command import Command, Desk, Group, Reply
from bot.slack.digest import checkin, nudge, schedule, settings, standup
from bot.slack.documents import export, importing, notice
from bot.slack.ops import doctor
from bot.slack.production import facts
from bot.slack.request import Request, Via


async def show_help(_desk: Desk, request: Request) -> Reply:
    """List the commands: the taught ones first, all of them, or one."""
    wanted = request.words.lower()
    if wanted == "all":
        return helps.everything(COMMANDS)
    command = find(wanted)
    if command is not None:
        return helps.in_detail(command)
    if not wanted:
        return helps.first(COMMANDS)
    near = meant.nearest(wanted, BY_WORD)
    offers = (Offer("help", near, f"/board help {near}"),) if near else ()
    return helps.unknown(COMMANDS, wanted, offers, f"Did you mean `/board {near}`?" if near else "")


DATES = "Dates are written as `2026-12-24`."

COMMANDS = (
    Command(
        "board",
        Group.LOOK,
        "",
        "shows the board",
        "Nobody else sees it; *Share to channel* posts a copy.",
        board.board,
    ),
    Command(
        "add",
        Group.WORK,
        "add",
        "opens the form for a new item",
        "`/board add Card payments` opens the form with that title. It goes to NEXT, or to LATER when NEXT is full.",
        moves.add,
        taught=True,
    ),
    Command(
        "start",
        Group.WORK,
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
        Group.WORK,
        "tick [N] k",
        "marks criterion k as met",
        "`/board tick 3` means your item in progress, or the board's if you have none; `/board tick 12 3` means #12.",
        dod.tick,
        taught=True,
    ),
    Command(
        "status",
        Group.WORK,
        "status TEXT",
        "leaves a status note on your item in progress",
        "`/board status waiting for the review`; for another item, with its #: `/board status #12 half is done`.",
        items.status,
        taught=True,
    ),
    Command(
        "finish",
        Group.WORK,
        "finish [N]",
        "ticks the DoD and finishes the item",
        "The dialog saves what you tick. With no criterion open it asks once more, and can start the next item.",
        finish.finish,
        taught=True,
        aliases=("done",),
    ),
    Command(
        "park",
        Group.WORK,
        "park [N] REASON",
        "frees WIP: the item waits in BLOCKED",
        "`/board park waiting for the keys`. Without a reason a dialog asks for it, and for a day to look again.",
        moves.park,
        taught=True,
    ),
    Command(
        "facts",
        Group.PRODUCTION,
        "facts [run]",
        "shows what production says, or asks it again",
        f"`/board facts run` asks production now, `/board facts history` tells what was seen: `{facts.WORDS}`.",
        facts.facts,
        taught=True,
    ),
    Command(
        "settings",
        Group.SETTINGS,
        "settings [one for the board | one for each person]",
        "opens the settings: one in progress, digest, zone, owners",
        "They are for the board's owners. Whoever opens them first is one. `one for each person` gives each person one "
        "item in progress, `one for the board` is as at first.",
        settings.settings,
        taught=True,
    ),
    Command(
        "show",
        Group.LOOK,
        "show [N]",
        "shows everything about an item",
        "`/board show 12`, or a piece of its title that only one item has: `/board show payments`.",
        items.show,
    ),
    Command(
        "edit",
        Group.WORK,
        "edit N",
        "changes an item's words and owner",
        "Title, scope, owner, estimate, priority, links and notes. `/board dod 12` writes the criteria.",
        items.edit,
    ),
    Command(
        "dod",
        Group.WORK,
        "dod N",
        "writes an item's Definition of Done",
        "One check a line. Each has a menu: tick, evidence, waive.",
        dod.dod,
    ),
    Command(
        "untick",
        Group.WORK,
        "untick [N] k",
        "opens criterion k again",
        "`/board untick 3` means the item in progress, `/board untick 12 3` means #12.",
        dod.untick,
    ),
    Command(
        "evidence",
        Group.WORK,
        "evidence N k TEXT",
        "says what shows that criterion k is met",
        "`/board evidence 12 3 PR #1795`. Without words a dialog asks for them.",
        dod.evidence,
    ),
    Command(
        "waive",
        Group.WORK,
        "waive N k REASON",
        "lets criterion k go unmet; for owners",
        "`/board waive 12 3 no data yet`. The reason stays visible.",
        dod.waive,
    ),
    Command(
        "unblock",
        Group.WORK,
        "unblock N",
        "brings a parked item back, or takes a flag off",
        "A parked item goes to the front of NEXT, or of LATER when NEXT is full.",
        moves.unblock,
    ),
    Command(
        "queue",
        Group.WORK,
        "queue N [POSITION]",
        "puts an item into NEXT",
        "`/board queue 12 1` puts it first. From WIP it needs a reason: `/board queue 12 the keys are missing`.",
        moves.queue,
    ),
    Command(
        "defer",
        Group.WORK,
        "defer N",
        "moves an item from NEXT to LATER",
        "It goes to the front of LATER.",
        moves.defer,
        aliases=("later",),
    ),
    Command(
        "move",
        Group.WORK,
        "move N up | down | first | last | POSITION",
        "moves an item inside its lane",
        "`/board move 12 first`. It works inside NEXT and inside LATER.",
        moves.move,
    ),
    Command(
        "drop",
        Group.WORK,
        "drop N REASON",
        "takes an item off the board",
        "A dialog asks for the reason and is the confirmation. It stays in the history.",
        moves.drop,
    ),
    Command(
        "copy",
        Group.WORK,
        "copy N",
        "opens the form for a new item with the words of another",
        "It is the way back for an item that was dropped.",
        moves.copy,
    ),
    Command(
        "reopen",
        Group.WORK,
        "reopen N EVIDENCE",
        "brings a done item back",
        "What is CLOSED needs new failing evidence and an owner; what is STABLE needs a reason.",
        moves.reopen,
    ),
    Command(
        "block",
        Group.WORK,
        "block [N] REASON",
        "flags the item in progress as blocked",
        "The item stays in progress. `/board park` frees WIP instead.",
        items.block,
    ),
    Command(
        "assign",
        Group.WORK,
        "assign N @PERSON",
        "gives an item to somebody",
        "`/board assign 12 @Maria`, `/board assign 12 me`, `/board assign 12 nobody`.",
        items.assign,
    ),
    Command(
        "gate",
        Group.LOOK,
        "gate [N]",
        "asks the four questions before a start",
        "Does it resemble finished work, is WIP free, is the DoD fit, is production green? Nothing changes.",
        history.gate,
    ),
    Command(
        "prove",
        Group.WORK,
        "prove N REASON",
        "starts an item that resembles finished work",
        "`/board prove 12 the importer fails again` says why it begins all the same.",
        moves.prove,
    ),
    Command(
        "undo",
        Group.WORK,
        "undo",
        "takes back the last change, for ten minutes",
        "It is for whoever made the change, and for owners. Nothing is deleted: the undoing is told in the log.",
        history.undo,
    ),
    Command(
        "retry",
        Group.WORK,
        "retry N [STEP]",
        "tries what failed after a finish again",
        "N is the finished item. Without a step, everything that failed is tried.",
        notice.retry,
    ),
    Command(
        "take",
        Group.SETTINGS,
        "take [FILE]",
        "takes what somebody wrote into a file onto the board",
        "It is the answer to a file that somebody changed by hand, as *Take the file* is.",
        notice.take,
    ),
    Command(
        "keep",
        Group.SETTINGS,
        "keep [FILE]",
        "writes the board over what somebody wrote into a file",
        "It is the answer to a file that somebody changed by hand, as *Keep the board* is.",
        notice.keep,
    ),
    Command(
        "log",
        Group.LOOK,
        "log [N]",
        "shows what happened",
        "`/board log 12`, or a piece of its title; `/board log` is the whole board's, newest first.",
        history.log,
    ),
    Command(
        "digest",
        Group.SETTINGS,
        f"digest {schedule.WORDS}",
        "sets the digest",
        f"Alone it says when the digest comes. `none` takes holidays and days off away. {DATES}",
        schedule.digest,
    ),
    Command(
        "checkin",
        Group.WORK,
        "checkin",
        "answers the digest: did, next, what is in the way",
        "Your answer stands in the digest, and can be changed until the next digest.",
        checkin.checkin,
    ),
    Command(
        "standup",
        Group.LOOK,
        f"standup [{standup.WORDS}]",
        "shows who answered the digest, and what is in the way",
        "`ask at 9:00` asks you for your answer in your morning, once a day; `never` leaves you out of every standup. "
        "`gone` takes away what you said to be in the way. They are about you alone, on every board.",
        standup.standup,
    ),
    Command(
        "nudge",
        Group.SETTINGS,
        "nudge snooze | stop | on",
        "asks you for status notes before the digest, or not",
        "It is about you alone, on every board. `snooze` is for a week.",
        nudge.nudge,
    ),
    Command(
        "share",
        Group.LOOK,
        "share",
        "posts a copy of the board into the channel",
        "It is a copy of this moment; the pinned message is the one that is kept true.",
        board.share,
    ),
    Command(
        "mine",
        Group.LOOK,
        "mine",
        "lists your items on every board",
        "It works in a direct message too.",
        app_home.mine,
        anywhere=True,
    ),
    Command(
        "import",
        Group.SETTINGS,
        "import",
        "puts the items of a document onto the board",
        "A dialog takes the file and shows what it understood before anything changes.",
        importing.import_document,
    ),
    Command(
        "export",
        Group.SETTINGS,
        f"export [{export.WORDS}]",
        "gives you the board as a file",
        "It comes into your direct messages. Without a word it is Markdown.",
        export.export,
    ),
    Command(
        "doctor",
        Group.SETTINGS,
        "doctor [revive]",
        "says how the bot itself is, and why a digest did not come",
        "Green is well. What is not well says what to do. `revive` tries again what was given up of this board.",
        doctor.doctor,
    ),
    Command(
        "help",
        Group.LOOK,
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
    """Do what is asked for. Raises UserError; words that begin with no command are answered with what they may mean."""
    if request.via is Via.MESSAGE:
        return await app_home.direct(desk, request)
    command = find(request.verb)
    if command is not None:
        return await _run(command, desk, request)
    return await _guessed(desk, request)


async def _run(command: Command, desk: Desk, request: Request) -> Reply:
    """Do what is asked for where there is a board to do it on, and for those who may."""
    if request.via is Via.SHORTCUT and command.verb == "add":
        return await shortcut.add(desk, request)
    if not command.anywhere and request.is_direct:
        return await app_home.ask_which(desk, request)
    if not command.anywhere:
        await membership.check(desk, request)
    return await command.run(desk, request)


async def _guessed(desk: Desk, request: Request) -> Reply:
    """Answer words that begin with no command: with the item that they name, or with what may be meant, as buttons."""
    near = meant.nearest(request.verb, BY_WORD)
    offers = (meant.retyped(near, request.words),) if near else ()
    shown = await _board_of(desk, request)
    if shown is None:
        return helps.unknown(COMMANDS, request.verb, offers)
    number, rest = meant.number_in_front(request)
    item = meant.item_in_front(shown, request)
    if (number is not None and not rest) or (item is not None and not item.rest and not near):
        return await items.show(desk, replace(request, verb="show", words=meant.words_of(request)))
    if item is None:
        return helps.unknown(COMMANDS, request.verb, offers)
    verbs = {word: command.verb for word, command in BY_WORD.items()}
    hint, ways = meant.ways(shown, item, verbs, request.who)
    return helps.unknown(COMMANDS, request.verb, (*ways, *offers), hint)


async def _board_of(desk: Desk, request: Request) -> Board | None:
    """Return the board where something was typed; none where there is none, or for somebody who may not see it."""
    if request.is_direct:
        return None
    try:
        await membership.check(desk, request)
    except UserError:
        return None
    return await desk.door.call(look.whole, request.channel)
