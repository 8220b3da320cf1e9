"""Importing documents: a dialog takes them, a preview says what was understood, a second step does it."""

from collections.abc import Sequence

from bot.core.board.model import Lane
from bot.documents import next7d, state
from bot.documents.next7d import Doubt
from bot.documents.reading.survey import SIZE_LIMIT
from bot.errors import BadInput, UserError
from bot.services.documents import importing
from bot.services.documents.importing import Documents, Imported
from bot.slack.client import SlackRefused, SlackUnreachable
from bot.slack.command import Change, Desk, Open, Reply, Say
from bot.slack.layout.blocks import MODAL_TITLE, Block, View, context, counted, plain, section
from bot.slack.layout.forms import VALUE, field, form
from bot.slack.layout.richtext import Line, Words, bold, line, lines, say, short
from bot.slack.request import Request

FIELD = "file"
NO_ACCESS = (
    "I can't fetch files here. The app needs the scope `files:read`: whoever set it up adds it and installs it again. "
    "The command line works without it: `python -m bot import NEXT-7D.md`."
)

DOUBTS = 12  # that are shown; the document itself has the lines
NAMED = 3  # items of a lane that are named
FILES = 2
ONLY_WORDS = "*No item is new.* The document's own words are kept."
HINT = "A NEXT-7D.md, and beside it a STATE.md if you keep one. You see what was understood before anything changes."


async def import_document(desk: Desk, request: Request) -> Reply:
    """Ask for documents; say what was understood; import what was shown. Raises BadInput."""
    if not request.is_sent:
        return Open(dialog(request.channel))
    if request.step == "confirm":
        given = await _fetched(desk, request.metadata.get("files") or [])
        imported = await desk.door.change(importing.import_document, request.ask, given)
        return Say(spoken(imported), done(imported))
    files = [str(file["id"]) for file in request.fields.get(FIELD) or []]
    try:
        given = await _fetched(desk, files)
        imported = await desk.door.call(importing.try_import, request.ask, given)
    except UserError as error:
        error.field = FIELD
        raise
    return Change(preview(request.channel, imported, files))


async def _fetched(desk: Desk, files: Sequence[str]) -> Documents:
    """Fetch the documents and tell which is which: a STATE.md is one by its name, or by what it calls itself."""
    board: list[str] = []
    standing: list[str] = []
    for file in files:
        name, text = await _text(desk, file)
        (standing if name.upper().startswith("STATE") or state.is_named(text) else board).append(text)
    if len(board) > 1 or len(standing) > 1:
        raise BadInput("These are two documents of one kind. Choose one NEXT-7D.md, and one STATE.md beside it.")
    if not board and not standing:
        raise BadInput("Choose a document first.")
    return Documents(*(texts[0] if texts else None for texts in (board, standing)))


async def _text(desk: Desk, file: str) -> tuple[str, str]:
    try:
        upload = await desk.slack.file(file)
        if upload.size > SIZE_LIMIT:
            raise BadInput("{name} is larger than 2 MB. Move old DONE items to an archive first.", name=upload.name)
        return upload.name, next7d.decode(await desk.slack.download(upload))
    except SlackRefused as refused:
        raise BadInput(NO_ACCESS) from refused
    except SlackUnreachable as lost:
        raise BadInput("Slack did not give me the file just now. Try once more.") from lost


def dialog(channel: str) -> View:
    """Ask for the documents."""
    element: Block = {"type": "file_input", "action_id": VALUE, "max_files": FILES}
    blocks = [section(HINT), field("file", "Documents", element)]
    return form("import", "Import a document", "Read", blocks, channel)


def preview(channel: str, imported: Imported, files: Sequence[str]) -> View:
    """Show what an import would do; *Import* there does it, where it would do anything. `files` are their ids."""
    what = (
        f"*{counted(len(imported.added), 'item')}* would go onto the board:"
        if imported.added
        else _nothing_new(imported)
    )
    blocks = [
        *_summary(imported, what),
        *_doubtful("", imported.doubts),
        *_doubtful(" in the STATE.md", imported.state_doubts),
    ]
    view = form("import:confirm", "Import", "Import", blocks, channel, files=list(files))
    if imported.added or imported.rewords:
        return view
    return {key: value for key, value in view.items() if key != "submit"} | {"close": plain("Close", MODAL_TITLE)}


def done(imported: Imported) -> list[Block]:
    """Say what an import did."""
    verb = "is" if len(imported.added) == 1 else "are"
    what = f"*{counted(len(imported.added), 'item')}* {verb} on the board now:" if imported.added else ONLY_WORDS
    return [*_summary(imported, what), context("`/board undo` takes the import back, for ten minutes.")]


def spoken(imported: Imported) -> str:
    """Say what an import did, in a sentence."""
    return (
        f"{counted(len(imported.added), 'item')} imported." if imported.added else "The document's own words are kept."
    )


def _nothing_new(imported: Imported) -> str:
    if not imported.rewords:
        return "*Nothing is new.*"
    return "*No item is new.* The document's own words are others than those kept here; *Import* keeps the new ones."


def _summary(imported: Imported, what: str) -> list[Block]:
    """Say what an import brings. `what` is a sentence of ours."""
    rows: list[Words] = [say(what), *(_lane(imported, lane) for lane in Lane if imported.count(lane))]
    rows += (
        [f"{counted(len(imported.matched), 'item')} were here already and stay as they are."]
        if imported.matched
        else []
    )
    verb = "stays" if imported.log == 1 else "stay"
    rows += (
        [f"{counted(imported.log, 'dated entry', 'dated entries')} of the STATE.md {verb} in it."]
        if imported.log
        else []
    )
    rows += [f"⚠️ {short(warning)}" for warning in imported.warnings]
    if imported.lacking:
        names = ", ".join(imported.titles(imported.lacking))
        rows.append(f"On the board but not in the document, so they stay: {short(names, 1000)}")
    return lines(*rows)


def _lane(imported: Imported, lane: Lane) -> Line:
    """Return how many items go to a lane, and the first of them by name."""
    items = imported.new(lane)
    names = " · ".join(f"#{item.number} {short(item.title, 60)}" for item in items[:NAMED])
    more = f" · and {len(items) - NAMED} more" if len(items) > NAMED else ""
    return line(bold(lane.upper()), f" {len(items)}: {names}{more}")


def _doubtful(where: str, doubts: Sequence[Doubt]) -> list[Block]:
    """Return the lines that are not certain, with their numbers and why."""
    if not doubts:
        return []
    rows = [f"line {doubt.line}  {short(doubt.text, 80)}\n› {doubt.why}" for doubt in doubts[:DOUBTS]]
    more = [f"and {len(doubts) - DOUBTS} more"] if len(doubts) > DOUBTS else []
    return lines(bold(f"Kept{where}, but not certain"), *rows, *more)
