"""The board put into a document: only the lines that are the board's, and of those only what changed."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.board.model import Board, Item, Lane
from bot.documents.days import UPDATED, rewritten
from bot.documents.reading.survey import Place, Survey, survey, updated_line
from bot.documents.writing.edits import Edits
from bot.documents.writing.lane import ORDER, LaneWriter
from bot.documents.writing.pairing import complete, equal, paired
from bot.documents.writing.template import new


def render(board: Board, document: str | None, updated: datetime) -> str:
    """Return the document with the board in it; a new one in the form of the original when there is none.

    Only Last Updated and the items are written: an item that the document already says stays as it stands there,
    and so does every line that is not the board's. LATER and BLOCKED get a heading once they hold something. What
    lines don't say is in a comment behind the item's head. Read again, the result is the same board, without what was
    done and gone from its document before it came here. Raises BadInput for a document that is no board.
    """
    text = document if document and document.strip() else new(board.slots)
    board = replace(board, items=tuple(item for item in board.items if not item.is_archived))
    surveyed = survey(text, updated, board.slots)
    if _same(board, surveyed):
        edits = Edits(surveyed.document)
        _date(edits, surveyed, updated)
        return edits.text()
    result = _put_in(board, surveyed, updated, afresh=False)
    if _same(board, survey(result, updated, board.slots)):
        return result
    return _put_in(board, surveyed, updated, afresh=True)


def _put_in(board: Board, surveyed: Survey, updated: datetime, *, afresh: bool) -> str:
    """Put the board in; `afresh` writes every item anew, for a document whose form bends what is put into it."""
    edits = Edits(surveyed.document)
    _date(edits, surveyed, updated)
    lanes = [LaneWriter(edits, surveyed, board, lane, afresh=afresh) for lane in ORDER]
    for lane in lanes:
        lane.remove()
    for lane in lanes:
        lane.write()
    return edits.text()


def _same(board: Board, surveyed: Survey) -> bool:
    """Return whether a document says the same of every lane as the board."""
    for lane in Lane:
        places = [place for place in surveyed.places if place.item.lane is lane]
        items = board.lane(lane)
        if len(items) != len(places):
            return False
        if lane in (Lane.DONE, Lane.BLOCKED):  # the board orders these by time, a document as it was written
            pairs = paired(items, places)
            places = [pairs[item.number] for item in items if item.number in pairs]
        if len(items) != len(places) or not all(map(_says, places, items)):
            return False
    return True


def _says(place: Place, item: Item) -> bool:
    return equal(item, place) and complete(item, place)


def _date(edits: Edits, surveyed: Survey, updated: datetime) -> None:
    """Put the time in where the document says when it was last updated; a document that does not say gets the line."""
    at = updated_line(surveyed.document, surveyed.zones)
    if at is not None:
        stamp(edits, at[0], updated)
        return
    zone = next((zone for zone in surveyed.zones if zone.heading), surveyed.zones[0])
    before = zone.body if zone.lane is None else zone.start
    edits.insert(before, [*[""][:before], f"**Last Updated**: {updated.astimezone(UTC):%Y-%m-%d %H:%M} UTC"])


def stamp(edits: Edits, number: int, updated: datetime) -> None:
    """Put the time into a line that says when the document was last updated, as precisely as it said so before."""
    at = updated.astimezone(UTC)
    line = edits.document.line(number)
    match = UPDATED.match(line)
    if match is None:
        return
    zone_name = re.search(r" ?(?:UTC|GMT|Z)$", match["moment"])
    hour = f"{line[match.end('day')]}{at:%H:%M}{zone_name[0] if zone_name else ''}" if match["hour"] else ""
    day = rewritten(match["day"], at)
    edits.changed[number] = f"{line[: match.start('moment')]}{day}{hour}{line[match.end('moment') :]}"
