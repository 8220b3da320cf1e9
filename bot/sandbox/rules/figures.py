"""Tables and charts: blocks that show figures.

Pages are below docs.slack.dev/reference/block-kit/blocks/.
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.rules.objects import FLAG, ID
from bot.sandbox.rules.rich_text import RICH_TEXT_BLOCK
from bot.sandbox.rules.shape import (
    HOMES,
    MESSAGES,
    Extra,
    Findings,
    Items,
    Kinds,
    Number,
    OrNull,
    Rule,
    Shape,
    Text,
    Whole,
    choice,
)

BLOCKS = "block-kit/blocks/"
CHART = BLOCKS + "data-visualization-block"
BLOCK: Mapping[str, Rule] = {"block_id": ID}

CELL = Kinds(
    {
        "rich_text": RICH_TEXT_BLOCK,
        "raw_text": Shape(BLOCKS + "data-table-block#schema-for-raw_text", needs={"text": Text(least=1)}),
        "raw_number": Shape(
            BLOCKS + "data-table-block#schema-for-raw_number",
            needs={"value": Number()},
            may={"text": Text(least=1)},
        ),
    }
)
COLUMN = Shape(
    BLOCKS + "table-block#schema-for-column_settings",
    may={"align": choice("left", "center", "right"), "is_wrapped": FLAG},
)


def cell_characters(rows: list[list[Mapping[str, Any]]]) -> int:
    """Return how many characters the cells of a table hold, as far as their text says."""
    return sum(_characters(cell) for row in rows for cell in row)


def _characters(value: Mapping[str, Any]) -> int:
    return len(value.get("text", "")) + sum(_characters(part) for part in value.get("elements", ()))


def _fits(most: int) -> Extra:
    def extra(value: Mapping[str, Any], at: str, findings: Findings) -> None:
        if cell_characters(value["rows"]) > most:
            findings.add(f"must be less than {most + 1} characters", f"{at}/rows")

    return extra


def _rows_alike(value: Mapping[str, Any], at: str, findings: Findings) -> None:
    header, *rows = value["rows"]
    for place, cell in enumerate(header):
        if cell["type"] == "rich_text":
            findings.add("unsupported type: rich_text", f"{at}/rows/0/{place}/type")
    for place, row in enumerate(rows, 1):
        if len(row) != len(header):
            findings.add(f"must provide exactly {len(header)} items", f"{at}/rows/{place}")


TABLE = Shape(
    BLOCKS + "table-block",
    needs={"rows": Items(Items(CELL, 20), 100)},
    may={**BLOCK, "column_settings": Items(OrNull(COLUMN), 20, least=0)},
    surfaces=MESSAGES | HOMES,
    also=(_fits(10_000),),
)
DATA_TABLE = Shape(
    BLOCKS + "data-table-block",
    needs={"caption": Text(least=1), "rows": Items(Items(CELL, 20), 201, least=2)},
    may={**BLOCK, "page_size": Whole(1, 100), "row_header_column_index": Whole(0, 19)},
    surfaces=MESSAGES | HOMES,
    also=(_fits(20_000), _rows_alike),
)

LABEL = Text(20, least=1)
SEGMENT = Shape(CHART + "#segment", needs={"label": LABEL, "value": Number(above=0)})
POINT = Shape(CHART + "#data-point", needs={"label": LABEL, "value": Number()})
SERIES = Shape(CHART + "#data-series", needs={"name": LABEL, "data": Items(POINT, 20)})
AXES = Shape(
    CHART + "#axis-config",
    needs={"categories": Items(LABEL, 20)},
    may={"x_label": Text(50), "y_label": Text(50)},
)


def _series_fit_the_axis(value: Mapping[str, Any], at: str, findings: Findings) -> None:
    categories = sorted(value["axis_config"]["categories"])
    names: set[str] = set()
    for place, series in enumerate(value["series"]):
        if series["name"] in names:
            findings.add("must be unique across all series", f"{at}/series/{place}/name")
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            findings.add("must contain exactly one entry for every category", f"{at}/series/{place}/data")


def _over_an_axis(page: str) -> Shape:
    return Shape(CHART + page, needs={"series": Items(SERIES, 12), "axis_config": AXES}, also=(_series_fit_the_axis,))


DATA_VISUALIZATION = Shape(
    CHART,
    needs={
        "title": Text(50, least=1),
        "chart": Kinds(
            {
                "pie": Shape(CHART + "#pie", needs={"segments": Items(SEGMENT, 12)}),
                "bar": _over_an_axis("#bar"),
                "area": _over_an_axis("#area"),
                "line": _over_an_axis("#line"),
            }
        ),
    },
    may=BLOCK,
    surfaces=MESSAGES,
)
