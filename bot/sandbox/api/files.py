"""The files.* methods."""

from bot.sandbox.api.args import Args
from bot.sandbox.box import Box
from bot.sandbox.state.objects import file_object
from bot.sandbox.wire import Json


def info(box: Box, args: Args) -> Json:
    """Answer files.info (docs.slack.dev/reference/methods/files.info)."""
    file = box.files.find(args.need("file"))
    return {
        "file": file_object(file, box.address),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }
