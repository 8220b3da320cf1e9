"""Whole payloads: a message's blocks, a modal, a Home tab, and what holds across all the blocks of one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.sandbox.rules.blocks import ANY_BLOCK
from bot.sandbox.rules.figures import cell_characters
from bot.sandbox.rules.objects import FLAG, plain
from bot.sandbox.rules.shape import Findings, Items, Kinds, Rule, Shape, Surface, Text

MARKDOWN_LIMIT = 12_000  # characters in all markdown blocks of one payload; reference/block-kit/blocks/markdown-block
CHARTS = 2  # a message; reference/block-kit/blocks/data-visualization-block
CELL_LIMITS = {"table": 10_000, "data_table": 20_000}  # characters in all cells of a message; each block's page

VIEW: Mapping[str, Rule] = {
    "private_metadata": Text(3000),
    "callback_id": Text(255),
    "external_id": Text(255),  # the page names no limit for this one; 255 is that of every other id
}
VIEW_BLOCKS = Items(ANY_BLOCK, 100)

MESSAGE_BLOCKS = Items(ANY_BLOCK, 50, least=0)  # block-kit/blocks; an empty list takes a message's blocks away
MODAL = Kinds(
    {
        "modal": Shape(
            "views/modal-views",
            needs={"title": plain(24), "blocks": VIEW_BLOCKS},
            may={**VIEW, "close": plain(24), "submit": plain(24), "clear_on_close": FLAG, "notify_on_close": FLAG},
        )
    }
)
HOME = Kinds({"home": Shape("views/home-tab-views", needs={"blocks": VIEW_BLOCKS}, may=VIEW)})

Block = Mapping[str, Any]
Placed = list[tuple[Block, str]]


def placed(blocks: list[Block], at: str) -> Placed:
    """Return every block with the JSON pointer to it, those inside containers and carousels too."""
    return list(_place(blocks, at))


def _place(blocks: list[Block], at: str) -> Iterator[tuple[Block, str]]:
    for place, block in enumerate(blocks):
        yield block, f"{at}/{place}"
        if block["type"] == "container":
            yield from _place(block["child_blocks"], f"{at}/{place}/child_blocks")
        elif block["type"] == "carousel":
            yield from _place(block["elements"], f"{at}/{place}/elements")


def _elements(block: Block, at: str) -> Iterator[tuple[Block, str]]:
    """The interactive elements that stand directly in a block."""
    for name in ("accessory", "element"):
        if name in block:
            yield block[name], f"{at}/{name}"
    several = {"actions": "elements", "context_actions": "elements", "card": "actions"}.get(block["type"], "")
    for place, element in enumerate(block.get(several, ())):
        yield element, f"{at}/{several}/{place}"


def block_ids_differ(blocks: Placed, findings: Findings) -> None:
    """Every page of a block: "block_id should be unique for each message"."""
    seen: set[str] = set()
    for block, at in blocks:
        _refuse_seen("block_id", block, at, seen, findings)


def action_ids_differ(blocks: Placed, findings: Findings) -> None:
    """Every page of an element: "unique among all other action_ids in the containing block"."""
    for block, at in blocks:
        seen: set[str] = set()
        for element, place in _elements(block, at):
            _refuse_seen("action_id", element, place, seen, findings)


def _refuse_seen(name: str, owner: Block, at: str, seen: set[str], findings: Findings) -> None:
    if (value := owner.get(name)) is None:
        return
    if value in seen:
        findings.add(f'`{name}` "{value}" already exists', f"{at}/{name}")
    seen.add(value)


def one_focus(blocks: Placed, findings: Findings) -> None:
    """Every page of an input: "only one element can be set to true"."""
    focused = [place for block, at in blocks for element, place in _elements(block, at) if element.get("focus_on_load")]
    for place in focused[1:]:
        findings.add("only one element can have `focus_on_load` set to true", f"{place}/focus_on_load")


def markdown_fits(blocks: Placed, findings: Findings) -> None:
    """The limit is for all markdown blocks together; the block that breaks it is named."""
    used = 0
    for block, at in blocks:
        if block["type"] == "markdown":
            used += len(block["text"])
            if used > MARKDOWN_LIMIT:
                findings.add(f"must be less than {MARKDOWN_LIMIT + 1} characters", f"{at}/text")
                return


def tables_fit(blocks: Placed, findings: Findings) -> None:
    """One table a message, and so many characters in all cells of a kind of table."""
    tables = [at for block, at in blocks if block["type"] == "table"]
    for at in tables[1:]:
        findings.add("only_one_table_allowed", at)
    used = dict.fromkeys(CELL_LIMITS, 0)
    for block, at in blocks:
        if (kind := block["type"]) in used:
            used[kind] += cell_characters(block["rows"])
            if used[kind] > CELL_LIMITS[kind]:
                findings.add(f"must be less than {CELL_LIMITS[kind] + 1} characters", f"{at}/rows")


def charts_fit(blocks: Placed, findings: Findings) -> None:
    """Two charts a message."""
    charts = [at for block, at in blocks if block["type"] == "data_visualization"]
    for at in charts[CHARTS:]:
        findings.add("too many data_visualization blocks", at)


ACROSS_BLOCKS: dict[Surface, tuple[Callable[[Placed, Findings], None], ...]] = {
    "blocks": (block_ids_differ, action_ids_differ, markdown_fits, tables_fit, charts_fit),
    "modal": (block_ids_differ, action_ids_differ, one_focus),
    "home": (block_ids_differ, action_ids_differ, one_focus),
}


def submit_for_inputs(view: Block, findings: Findings) -> None:
    """The page of modal views: "submit is required when an input block is within the blocks array"."""
    if "submit" in view:
        return
    for place, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            findings.add("must define `submit` to use an `input` block in modals", f"/view/blocks/{place}/input")
