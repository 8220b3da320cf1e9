"""Payloads that Slack refuses, each with the place and the words of the one message it gives."""

from typing import Any

from bot.sandbox.rules import Surface
from tests.sandbox.bad_elements import ACCESSORIES, INPUTS
from tests.sandbox.bad_views import VIEWS
from tests.sandbox.payloads import (
    DIVIDER,
    Json,
    actions,
    button,
    card,
    cell,
    chart,
    container,
    field,
    header,
    image,
    modal,
    mrkdwn,
    number,
    paragraph,
    pie,
    plain,
    rich_text,
    section,
    series,
    table,
    typed,
    video,
    without,
)
from tests.sandbox.refusals import (
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


def ids(count: int) -> list[Json]:
    return [button(action_id=f"{n}") for n in range(count)]


def bullets(*items: Json, **changes: Any) -> Json:
    return rich_text({"type": "rich_text_list", "style": "bullet", "elements": list(items)} | changes)


def slices(count: int) -> Json:
    segments = [{"label": f"{n}", "value": 1} for n in range(count)]
    return {"type": "data_visualization", "title": "Shares", "chart": {"type": "pie", "segments": segments}}


def icon(action_id: str = "drop", **changes: Any) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain(), "action_id": action_id} | changes


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
    (header(level=0), "/level", "must be greater than 0"),
    ({"type": "context", "elements": []}, "/elements", EMPTY),
    ({"type": "context", "elements": [plain()] * 11}, "/elements", fewer(10)),
    ({"type": "context", "elements": [mrkdwn("x" * 3001)]}, "/elements/0/text", shorter(3000)),
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
    ({"type": "markdown", "text": ""}, "/text", NO_WORDS),
    (table(101), "/rows", fewer(100)),
    (table(column_settings=[None] * 21), "/column_settings", fewer(20)),
    (table(1, 21), "/rows/0", fewer(20)),
    (table(100, 20, text="123456"), "/rows", shorter(10_000)),
    (table(rows=0), "/rows", EMPTY),
    ({"type": "table", "rows": [[plain()]]}, "/rows/0/0/type", unsupported("plain_text")),
    (table(1, 1, text=""), "/rows/0/0/text", NO_WORDS),
    ({"type": "table", "rows": [[{"type": "raw_number", "text": "1"}]]}, "/rows/0/0", missing("value")),
    (table(column_settings=[{"align": "middle"}]), "/column_settings/0/align", NOT_LISTED),
    (without(data_table([cell()], [cell()]), "caption"), "", missing("caption")),
    (data_table(*[[cell()]] * 202), "/rows", fewer(201)),
    (data_table([cell()], [cell()] * 21), "/rows/1", fewer(20)),
    (data_table([cell("x" * 10_000)], [cell("x" * 10_001)]), "/rows", shorter(20_000)),
    (data_table([cell()], [cell()]) | {"page_size": 101}, "/page_size", "must be less than 101"),
    (data_table([cell()], [cell()]) | {"page_size": 0}, "/page_size", "must be greater than 0"),
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
    (
        chart(axis_config={"categories": ["a", "b", "c"], "y_label": "x" * 51}),
        "/chart/axis_config/y_label",
        shorter(50),
    ),
    (chart(axis_config={"categories": ["a"] * 21}), "/chart/axis_config/categories", fewer(20)),
    (chart("line", series(labels="a" * 21)), "/chart/series/0/data", fewer(20)),
    (slices(13), "/chart/segments", fewer(12)),
    (video(title=plain("x" * 200)), "/title/text", shorter(199)),
    (video(description=plain("x" * 200)), "/description/text", shorter(199)),
    (video(author_name="x" * 50), "/author_name", shorter(49)),
    (video(video_url="http://example.com"), "/video_url", "must be a valid HTTPS URL"),
    (card(title=mrkdwn("x" * 151)), "/title/text", shorter(150)),
    (card(subtitle=mrkdwn("x" * 151)), "/subtitle/text", shorter(150)),
    (card(subtext=mrkdwn("x" * 201)), "/subtext/text", shorter(200)),
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
    (container(title=plain("x" * 151)), "/title/text", shorter(150)),
    (container(subtitle=plain("x" * 151)), "/subtitle/text", shorter(150)),
    (without(container(), "title"), "/type", either("title", "rich_text_title")),
    (
        container(is_collapsible=True, has_header_divider=True),
        "/has_header_divider",
        "must not be used together with `is_collapsible`",
    ),
    ({"type": "plan", "title": plain()}, "/title", STRING),
    ({"type": "task_card", "task_id": "1", "title": "a", "status": "pending"}, "/status", NOT_LISTED),
    ({"type": "context_actions", "elements": [button()]}, "/elements/0/type", unsupported("button")),
    ({"type": "context_actions", "elements": [icon(f"{n}") for n in range(6)]}, "/elements", fewer(5)),
    ({"type": "context_actions", "elements": [icon(value="x" * 2001)]}, "/elements/0/value", shorter(2000)),
    ({"type": "context_actions", "elements": [icon(icon="star")]}, "/elements/0/icon", NOT_LISTED),
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
