"""Importing documents: a dialog takes them, a preview says what was understood, and a second step does it."""

from collections.abc import Sequence

from bot.documents import next7d, state
from bot.documents.reading.survey import SIZE_LIMIT
from bot.errors import BadInput, UserError
from bot.services import documents
from bot.services.documents import Documents
from bot.slack.client import SlackRefused, SlackUnreachable
from bot.slack.desk import Desk
from bot.slack.reply import Change, Open, Reply, Say
from bot.slack.request import Request
from bot.slack.views import importing as views

FIELD = "file"
NO_ACCESS = (
    "I can't fetch files here. The app needs the scope `files:read`: whoever set it up adds it and installs it again. "
    "The command line works without it: `python -m bot import NEXT-7D.md`."
)


async def import_document(desk: Desk, request: Request) -> Reply:
    """Ask for documents; say what was understood; import what was shown."""
    if not request.is_sent:
        return Open(views.dialog(request.channel))
    if request.step == "confirm":
        given = await _fetched(desk, request.kept.get("files") or [])
        told = await desk.door.change(documents.import_document, request.ask, given)
        return Say(views.spoken(told), views.done(told))
    files = [str(file["id"]) for file in request.fields.get(FIELD) or []]
    try:
        given = await _fetched(desk, files)
        told = await desk.door.call(documents.try_import, request.ask, given)
    except UserError as error:
        error.field = FIELD
        raise
    return Change(views.preview(request.channel, told, files))


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
