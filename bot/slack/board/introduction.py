"""The one introduction in a channel."""

from bot.slack.layout.blocks import Block, actions, button, context, section

SPOKEN = (
    "Hello, I'm Onewip. I keep one board for this channel: one item in progress, at most three next, and nothing "
    "starts or finishes without a Definition of Done. Try /board add with the title of what you work on."
)
WHAT = (
    "*Hello, I'm Onewip.* I keep one board for this channel: one item in progress (*WIP*, work in progress), at most "
    "three next, and nothing starts or finishes without a *DoD*: a Definition of Done that someone else could check."
)
WAYS = (
    "Everybody here may use the board. I post little: one board message, one digest a day, one post for a finish, "
    "one for an outage."
)
HOW = (
    "Try `/board add Card payments`. `/board` shows the board, `/board help` what can be typed. There is no digest "
    "until its time is set."
)


def introduction(*, is_empty: bool) -> list[Block]:
    """Say what this is and what to do first; a board that has something on it needs no first item."""
    first = [button("Import a document", "import"), button("Add the first item", "add", style="primary")]
    ways = first if is_empty else [button("Show the board", "board")]
    digest = button("Set the digest time", "settings", "digest")
    return [section(f"{WHAT}\n{WAYS}"), actions([*ways, digest]), context(HOW)]
