"""A board as a file: what stands beside it, and why it could not be given."""

from bot.services.documents import Form
from bot.slack.views import words
from bot.slack.views.blocks import Block

SCOPE = "files:write"
ON_ITS_WAY = "{name} is on its way into your direct messages with Onewip."
NO_SCOPE = (
    f"The app was installed without the scope `{SCOPE}`, so it can't give files. Whoever set it up adds that scope at "
    "api.slack.com/apps, as `manifests/socket-mode.yaml` has it, and installs the app again; the bot need not stop. "
    "Till then `python -m bot export` gives the file on the machine that runs the bot."
)
FORMS = {
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


def comment(channel: str, form: Form) -> str:
    """What stands beside the file."""
    return f"The board of <#{channel}> {FORMS[form]}."


def on_its_way(name: str) -> list[Block]:
    """Say where the file will be."""
    return words.line(ON_ITS_WAY.format(name=f"*{name}*"))


def failed(channel: str, name: str, code: str) -> tuple[str, list[Block]]:
    """Say why there is no file, and what to do; `code` is Slack's word, nothing when it did not answer."""
    why = WHY.get(code, f"Slack refuses it: `{code}`. {AGAIN}")
    return f"{name} could not be given.", words.line(f"*{name}* of <#{channel}> could not be given. {why}")
