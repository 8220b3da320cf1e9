"""What a violated constraint means in words: the second of each rule's two guards."""

from sqlalchemy.exc import IntegrityError

from bot.errors import RuleBroken

# PostgreSQL names the constraint, SQLite the columns (of a unique one) or the name (of a check).
MEANING = {
    ("one_wip", "item.board_id"): "Somebody else just started an item. Nothing was changed; `/board` shows what holds.",
    ("item_number", "item.board_id, item.number"): "Somebody else just added an item. Send yours again.",
    ("one_place", "item.board_id, item.lane, item.position"): "Somebody else just moved an item. Try again.",
    ("next_is_three", "next_is_three"): "NEXT holds three items at most. Defer one first.",
}
OTHERWISE = "Somebody else changed the board at the same moment. Nothing was changed; try again."


def refusal(error: IntegrityError) -> RuleBroken:
    """Turn a violated constraint into the refusal of the rule that it guards."""
    told = str(error.orig)
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for (constraint, sqlite_says), words in MEANING.items():
        if name == constraint or (name is None and told.endswith(f": {sqlite_says}")):
            return RuleBroken(words)
    return RuleBroken(OTHERWISE)
