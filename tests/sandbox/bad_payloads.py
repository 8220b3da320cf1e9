"""Payloads that Slack refuses, each with the place and the words of the one message it gives."""

from typing import Any

from bot.sandbox.rules import Surface
from tests.sandbox.bad_elements import ACCESSORIES, INPUTS
from tests.sandbox.payloads import (
    Json,
    actions,
    button,
    card,
    cell,
    chart,
    container,
    field,
    header,
    home,
    image,
    modal,
    mrkdwn,
    number,
    paragraph,
    pie,
    plain,
    rich_text,
    section,
    select,
    series,
    table,
    typed,
    without,
)
from tests.sandbox.refusals import (
    BOOLEAN,
    EMPTY,
    NO_WORDS,
    NOT_LISTED,
    OBJECT,
    STRING,
    Row,
    either,
    fewer,
    missing,
    shorter,
    unknown,
    unsupported,
)

DIVIDER = {"type": "divider"}


def ids(count: int) -> list[Json]:
    return [button(action_id=f"{n}") for n in range(count)]


def bullets(*items: Json, **changes: Any) -> Json:
    return rich_text({"type": "rich_text_list", "style": "bullet", "elements": list(items)} | changes)


def data_table(*rows: list[Json]) -> Json:
    return {"type": "data_table", "caption": "Items", "rows": list(rows)}


MESSAGES: list[tuple[Any, str, str]] = [
    (None, "", "must provide an array"),
    ({"blocks": []}, "", "must provide an array"),
    (["hello"], "/0", OBJECT),
    ([{}], "/0", missing("type")),
    ([{"type": 7}], "/0/type", STRING),
    ([DIVIDER, {"type": "foo"}], "/1/type", unsupported("foo")),
    ([DIVIDER] * 51, "", fewer(50)),
    ([DIVIDER | {"block_id": "a"}] * 2, "/1/block_id", '`block_id` "a" already exists'),
    (
        [section(block_id="a"), container(section(block_id="a"))],
        "/1/child_blocks/0/block_id",
        '`block_id` "a" already exists',
    ),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "/1/text", shorter(12_000)),
    ([table(), DIVIDER, table()], "/2", "only_one_table_allowed"),
    ([table(), container(table())], "/1/child_blocks/0", "only_one_table_allowed"),
    ([data_table([cell()], [cell("x" * 10_000)])] * 2, "/1/rows", shorter(20_000)),
    ([chart(), pie(), chart()], "/2", "too many data_visualization blocks"),
]

VIEWS: list[tuple[Surface, Any, str, str]] = [
    ("modal", [section()], "", OBJECT),
    ("modal", home(), "/type", unsupported("home")),
    ("home", modal(), "/type", unsupported("modal")),
    ("modal", without(modal(), "title"), "", missing("title")),
    ("modal", without(modal(), "blocks"), "", missing("blocks")),
    ("modal", modal(blocks=[]), "/blocks", EMPTY),
    ("modal", modal(blocks=[DIVIDER] * 101), "/blocks", fewer(100)),
    ("home", home(blocks=[DIVIDER] * 101), "/blocks", fewer(100)),
    ("modal", modal(title=plain("x" * 25)), "/title/text", shorter(24)),
    ("modal", modal(title=mrkdwn()), "/title/type", unsupported("mrkdwn")),
    ("modal", modal(submit=plain("x" * 25)), "/submit/text", shorter(24)),
    ("modal", modal(close=plain("x" * 25)), "/close/text", shorter(24)),
    ("modal", modal(private_metadata="x" * 3001), "/private_metadata", shorter(3000)),
    ("modal", modal(private_metadata={"item": 12}), "/private_metadata", STRING),
    ("modal", modal(callback_id="x" * 256), "/callback_id", shorter(255)),
    ("home", home(external_id="x" * 256), "/external_id", shorter(255)),
    ("home", home(title=plain()), "", unknown("title")),
    ("modal", modal(submit_disabled=True), "", unknown("submit_disabled")),
    ("modal", modal(clear_on_close="yes"), "/clear_on_close", BOOLEAN),
    (
        "modal",
        without(modal(section(), field()), "submit"),
        "/blocks/1/input",
        "must define `submit` to use an `input` block in modals",
    ),
    (
        "modal",
        modal(field(typed(focus_on_load=True)), actions(select(focus_on_load=True))),
        "/blocks/1/elements/0/focus_on_load",
        "only one element can have `focus_on_load` set to true",
    ),
    ("modal", modal({"type": "markdown", "text": "a"}), "/blocks/0/type", unsupported("markdown")),
    ("modal", modal(table()), "/blocks/0/type", unsupported("table")),
    ("modal", modal(container()), "/blocks/0/type", unsupported("container")),
    ("modal", modal({"type": "carousel", "elements": [card()]}), "/blocks/0/type", unsupported("carousel")),
    ("modal", modal({"type": "plan", "title": "Plan"}), "/blocks/0/type", unsupported("plan")),
    ("modal", modal(section(), chart()), "/blocks/1/type", unsupported("data_visualization")),
    ("home", home(pie()), "/blocks/0/type", unsupported("data_visualization")),
    ("home", home({"type": "alert", "text": plain()}), "/blocks/0/type", unsupported("alert")),
    ("home", home(field(number())), "/blocks/0/element/type", unsupported("number_input")),
    ("home", home(actions({"type": "datetimepicker"})), "/blocks/0/elements/0/type", unsupported("datetimepicker")),
    ("modal", modal({"type": "alert", "text": plain("x" * 201)}), "/blocks/0/text/text", shorter(200)),
    ("modal", modal({"type": "alert", "text": plain(), "level": "loud"}), "/blocks/0/level", NOT_LISTED),
    ("modal", modal(without(field(), "label")), "/blocks/0", missing("label")),
    ("modal", modal(without(field(), "element")), "/blocks/0", missing("element")),
    ("modal", modal(field(label=plain("x" * 2001))), "/blocks/0/label/text", shorter(2000)),
    ("modal", modal(field(label=mrkdwn())), "/blocks/0/label/type", unsupported("mrkdwn")),
    ("modal", modal(field(hint=plain("x" * 2001))), "/blocks/0/hint/text", shorter(2000)),
    (
        "modal",
        modal(field({"type": "file_input"}, dispatch_action=True)),
        "/blocks/0/element/type",
        unsupported("file_input"),
    ),
]

BLOCKS: list[Row] = [
    (DIVIDER | {"block_id": "x" * 256}, "/block_id", shorter(255)),
    (DIVIDER | {"colour": "red"}, "", unknown("colour")),
    ({"type": "alert", "text": plain()}, "/type", unsupported("alert")),
    ({"type": "file", "external_id": "F1", "source": "remote"}, "/type", unsupported("file")),
    (field(number()), "/element/type", unsupported("number_input")),
    (field({"type": "file_input"}), "/element/type", unsupported("file_input")),
    (field({"type": "rich_text_input", "action_id": "a"}), "/element/type", unsupported("rich_text_input")),
    ({"type": "section"}, "/type", either("text", "fields")),
    (section(text="hello"), "/text", OBJECT),
    (section(text=mrkdwn("")), "/text/text", NO_WORDS),
    (section(text=mrkdwn("x" * 3001)), "/text/text", shorter(3000)),
    (section(text={"type": "markdown", "text": "a"}), "/text/type", unsupported("markdown")),
    (section(text=mrkdwn() | {"emoji": True}), "/text", unknown("emoji")),
    (section(text=plain() | {"verbatim": True}), "/text", unknown("verbatim")),
    (section(fields=[]), "/fields", EMPTY),
    (section(fields=[plain()] * 11), "/fields", fewer(10)),
    (section(fields=[plain(), plain("x" * 2001)]), "/fields/1/text", shorter(2000)),
    (header("x" * 151), "/text/text", shorter(150)),
    ({"type": "header", "text": mrkdwn()}, "/text/type", unsupported("mrkdwn")),
    (header(level=5), "/level", "must be less than 5"),
    ({"type": "context", "elements": []}, "/elements", EMPTY),
    ({"type": "context", "elements": [plain()] * 11}, "/elements", fewer(10)),
    ({"type": "context", "elements": [button()]}, "/elements/0/type", unsupported("button")),
    (without(image(), "alt_text"), "", missing("alt_text")),
    (image(alt_text="x" * 2001), "/alt_text", shorter(2000)),
    (image(title=plain("x" * 2001)), "/title/text", shorter(2000)),
    (image(image_url="https://a.b/" + "x" * 2989), "/image_url", shorter(3000)),
    (image(image_url="a.png"), "/image_url", "must be a valid URL"),
    (image(slack_file={"id": "F1"}), "/type", either("image_url", "slack_file")),
    (without(image(slack_file={}), "image_url"), "/slack_file", either("id", "url")),
    (actions(), "/elements", EMPTY),
    (actions(*ids(26)), "/elements", fewer(25)),
    (actions(button(), button()), "/elements/1/action_id", '`action_id` "do:start" already exists'),
    (actions(typed()), "/elements/0/type", unsupported("plain_text_input")),
    (without(rich_text(), "elements"), "", missing("elements")),
    (rich_text({"type": "text", "text": "a"}), "/elements/0/type", unsupported("text")),
    (rich_text(paragraph(mrkdwn())), "/elements/0/elements/0/type", unsupported("mrkdwn")),
    (rich_text(paragraph({"type": "text", "text": ""})), "/elements/0/elements/0/text", NO_WORDS),
    (rich_text(paragraph({"type": "link"})), "/elements/0/elements/0", missing("url")),
    (
        rich_text(paragraph({"type": "text", "text": "a", "style": {"big": True}})),
        "/elements/0/elements/0/style",
        unknown("big"),
    ),
    (bullets(paragraph(), style="star"), "/elements/0/style", NOT_LISTED),
    (bullets(paragraph(), indent=9), "/elements/0/indent", "must be less than 9"),
    (bullets(), "/elements/0/elements", EMPTY),
    (bullets({"type": "rich_text_list"}), "/elements/0/elements/0/type", unsupported("rich_text_list")),
    (
        rich_text({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}),
        "/elements/0/elements/0/type",
        unsupported("user"),
    ),
    (table(101), "/rows", fewer(100)),
    (table(1, 21), "/rows/0", fewer(20)),
    (table(100, 20, text="123456"), "/rows", shorter(10_000)),
    (table(rows=0), "/rows", EMPTY),
    ({"type": "table", "rows": [[plain()]]}, "/rows/0/0/type", unsupported("plain_text")),
    (table(1, 1, text=""), "/rows/0/0/text", NO_WORDS),
    ({"type": "table", "rows": [[{"type": "raw_number", "text": "1"}]]}, "/rows/0/0", missing("value")),
    (table(column_settings=[{"align": "middle"}]), "/column_settings/0/align", NOT_LISTED),
    (without(data_table([cell()], [cell()]), "caption"), "", missing("caption")),
    (data_table([cell()]), "/rows", "must provide at least 2 items"),
    (data_table([cell()], [cell()] * 2), "/rows/1", "must provide exactly 1 items"),
    (data_table([rich_text()], [cell()]), "/rows/0/0/type", unsupported("rich_text")),
    (chart() | {"title": "x" * 51}, "/title", shorter(50)),
    (chart("donut"), "/chart/type", unsupported("donut")),
    (pie(value=0), "/chart/segments/0/value", "must be greater than 0"),
    (pie(value="3"), "/chart/segments/0/value", "must provide a number"),
    (pie(label="x" * 21), "/chart/segments/0/label", shorter(20)),
    (chart("bar", *(series(f"{n}") for n in range(13))), "/chart/series", fewer(12)),
    (chart("bar", series(), series()), "/chart/series/1/name", "must be unique across all series"),
    (
        chart("area", series(labels="ab")),
        "/chart/series/0/data",
        "must contain exactly one entry for every category",
    ),
    (
        chart(axis_config={"categories": ["a", "b", "c"], "x_label": "x" * 51}),
        "/chart/axis_config/x_label",
        shorter(50),
    ),
    ({"type": "card", "subtitle": plain()}, "/type", either("hero_image", "title", "actions", "body")),
    (card(title="A card"), "/title", OBJECT),
    (card(body=plain("x" * 201)), "/body/text", shorter(200)),
    (card(actions=ids(4)), "/actions", fewer(3)),
    (
        card(icon=image(), slack_icon={"type": "icon", "name": "star"}),
        "/slack_icon",
        "must not be used together with `icon`",
    ),
    (card(slack_icon={"type": "icon", "name": "sparkles"}), "/slack_icon/name", NOT_LISTED),
    ({"type": "carousel", "elements": [card()] * 11}, "/elements", fewer(10)),
    ({"type": "carousel", "elements": [section()]}, "/elements/0/type", unsupported("section")),
    (container(container()), "/child_blocks/0/type", unsupported("container")),
    (container(*[DIVIDER] * 11), "/child_blocks", fewer(10)),
    (without(container(), "title"), "/type", either("title", "rich_text_title")),
    (
        container(is_collapsible=True, has_header_divider=True),
        "/has_header_divider",
        "must not be used together with `is_collapsible`",
    ),
    ({"type": "plan", "title": plain()}, "/title", STRING),
    ({"type": "task_card", "task_id": "1", "title": "a", "status": "pending"}, "/status", NOT_LISTED),
    ({"type": "context_actions", "elements": [button()]}, "/elements/0/type", unsupported("button")),
]


def _refused(place: str, words: str) -> str:
    return f"{words} [json-pointer:{place}]"


BAD: list[tuple[Surface, Any, str]] = [
    *(("blocks", blocks, _refused(f"/blocks{place}", words)) for blocks, place, words in MESSAGES),
    *((kind, view, _refused(f"/view{place}", words)) for kind, view, place, words in VIEWS),
    *(("blocks", [block], _refused(f"/blocks/0{place}", words)) for block, place, words in BLOCKS),
    *(
        ("blocks", [section(accessory=element)], _refused(f"/blocks/0/accessory{place}", words))
        for element, place, words in ACCESSORIES
    ),
    *(
        ("modal", modal(field(element)), _refused(f"/view/blocks/0/element{place}", words))
        for element, place, words in INPUTS
    ),
]
