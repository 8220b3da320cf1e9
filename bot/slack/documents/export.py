"""The board as a file, into the direct messages of whoever asks: a channel is no place for it."""

import asyncio

from bot.errors import BadInput, NotAllowed, Offer
from bot.services.documents import exporting
from bot.services.documents.exporting import Form
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk, Reply, Say
from bot.slack.directory import PATIENCE
from bot.slack.layout.blocks import Block
from bot.slack.layout.richtext import bold, channel, lines, say
from bot.slack.request import Request

WORDS = "md | csv | json"
FORMS = {"": Form.MARKDOWN, "markdown": Form.MARKDOWN} | {form.value: form for form in Form}
LABELS = {Form.MARKDOWN: "As Markdown", Form.CSV: "For spreadsheets (csv)", Form.JSON: "For programs (json)"}

SCOPE = "files:write"
ON_ITS_WAY = "{name} is on its way into your direct messages with Onewip."
NO_SCOPE = (
    f"The app was installed without the scope `{SCOPE}`, so it can't give files. Whoever set it up adds that scope at "
    "api.slack.com/apps, as `manifests/socket-mode.yaml` has it, and installs the app again; the bot need not stop. "
    "Till then `python -m bot export` gives the file on the machine that runs the bot."
)
FILES = {
    Form.MARKDOWN: "as Markdown; `/board import` reads it back",
    Form.CSV: "as a table for spreadsheets, one row an item",
    Form.JSON: "as JSON for programs",
}
AGAIN = "Look whether it came all the same; if not, ask for it once more in a minute."
# docs.slack.dev/reference/methods/files.getUploadURLExternal, "Errors"
WHY = {
    "": f"Slack did not take it just now. {AGAIN}",
    "missing_scope": NO_SCOPE,
    "file_uploads_disabled": "This workspace allows no uploads of files. An admin of the workspace can change that.",
    "file_upload_size_restricted": "This workspace allows no files that large. An admin can change that.",
    "storage_limit_reached": "This workspace has no room for more files. An admin can make some.",
}


async def export(desk: Desk, request: Request) -> Reply:
    """Promise the board as a file; Slack takes its time with files, so it is sent afterwards.

    Raises BadInput for a form that there is not, and NotAllowed without the scope to give files.
    """
    form = FORMS.get(request.words.strip().lower().removeprefix("."))
    if form is None:
        offers = tuple(Offer("export", each, LABELS[each]) for each in Form)
        refusal = f"{{words}} is no form that a board can have. Write `/board export {WORDS}`."
        raise BadInput(refusal, words=request.words, offers=offers)
    await _check_scope(desk)
    name = await desk.door.change(exporting.ask_for_export, request.channel, request.who.id, form, request.at)
    return Say(ON_ITS_WAY.format(name=name), on_its_way(name))


async def _check_scope(desk: Desk) -> None:
    """Refuse at once where it is certain that no file can be given: an app may be older than this command."""
    try:
        async with asyncio.timeout(PATIENCE):
            scopes = (await desk.slack.whoami())["scopes"]
    except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError):
        return
    if scopes is not None and SCOPE not in scopes:
        raise NotAllowed(NO_SCOPE)


def comment(channel_id: str, form: Form) -> str:
    """Return what stands beside the file; it is mrkdwn, and nobody's words are in it."""
    return f"The board of <#{channel_id}> {FILES[form]}."


def on_its_way(name: str) -> list[Block]:
    """Say where the file will be."""
    return lines(say(ON_ITS_WAY, name=bold(name)))


def failed(channel_id: str, name: str, code: str) -> tuple[str, list[Block]]:
    """Say why there is no file, and what to do; `code` is Slack's word, nothing when it did not answer."""
    why = WHY.get(code, f"Slack refuses it: `{{code}}`. {AGAIN}")
    sentence = f"*{{name}}* of {{channel}} could not be given. {why}"
    text = say(sentence, name=name, channel=channel(channel_id), code=code)
    return f"{name} could not be given.", lines(text)
