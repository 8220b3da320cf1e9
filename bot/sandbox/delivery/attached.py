"""The files chosen in a form, as the bot is told of them."""

from bot.sandbox.box import Box
from bot.sandbox.state.objects import file_object
from bot.sandbox.wire import Json, Refused


def with_known_files(box: Box, person: str, given: Json) -> Json:
    """Return the page's `state.values` with every file as the workspace knows it, found by its id.

    Refuses with `file_not_found` when `person` uploaded no such file, and with `invalid_arguments` what is no form.
    """
    if not _is_form(given):
        raise Refused("invalid_arguments", ["the values of a form are objects, by block_id and action_id"])
    return {
        block_id: {action_id: _entry(box, person, entry) for action_id, entry in entries.items()}
        for block_id, entries in given.items()
    }


def _is_form(given: object) -> bool:
    return isinstance(given, dict) and all(
        isinstance(entries, dict) and all(_is_entry(entry) for entry in entries.values()) for entries in given.values()
    )


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    files = entry.get("files") or []
    return isinstance(files, list) and all(isinstance(file, dict) for file in files)


def _entry(box: Box, person: str, entry: Json) -> Json:
    if not entry.get("files"):
        return entry
    return {**entry, "files": [_known(box, person, str(file.get("id"))) for file in entry["files"]]}


def _known(box: Box, person: str, file_id: str) -> Json:
    file = box.files.find(file_id)
    if file["user"] != person:
        raise Refused("file_not_found")
    return file_object(file, box.address)
