"""Every block as it is drawn."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import Person

DAYS = ["Mon", "Tue", "Wed"]


async def posted(alice: Person, slack: AsyncWebClient, *blocks: Json) -> Locator:
    """Post blocks as the bot; gives the message on Alice's page."""
    await slack.chat_postMessage(channel="C0STANDUP", text="Blocks", blocks=list(blocks))
    message = alice.page.get_by_role("main").get_by_role("article").last
    await expect(message).to_contain_text("Onewip")
    return message


async def test_words_are_arranged(alice: Person, slack: AsyncWebClient) -> None:
    fields = {"type": "section", "fields": [kit.mrkdwn("*Lane*\nNext"), kit.plain("Size\n1-2 days")]}
    context = {"type": "context", "elements": [kit.mrkdwn("day 2"), kit.plain(":white_check_mark: 3 of 6")]}
    header = {"type": "header", "text": kit.plain("Board")}
    message = await posted(alice, slack, header, kit.section("*#1* Docs"), {"type": "divider"}, fields, context)

    await expect(message.get_by_role("heading", name="Board")).to_be_visible()
    await expect(message.get_by_role("strong")).to_have_text(["#1", "Lane"])
    await expect(message.get_by_role("separator")).to_have_count(1)
    await expect(message).to_contain_text("✅ 3 of 6")


async def test_rich_text(alice: Person, slack: AsyncWebClient) -> None:
    def run(text: str, **style: bool) -> Json:
        return {"type": "text", "text": text, **({"style": style} if style else {})}

    def line(*parts: Json) -> Json:
        return {"type": "rich_text_section", "elements": list(parts)}

    link = {"type": "link", "url": "https://example.com/1", "text": "PR #1"}
    paragraphs: list[Json] = [
        line(
            run("plain "), run("both", bold=True, italic=True), run("<b>"), {"type": "user", "user_id": "U0BOB"}, link
        ),
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [line(run("third"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(run("inner"))]},
        {"type": "rich_text_quote", "elements": [run("quoted"), {"type": "emoji", "name": "tada"}]},
        {"type": "rich_text_preformatted", "elements": [run("make test")]},
    ]
    message = await posted(alice, slack, {"type": "rich_text", "elements": paragraphs})

    await expect(message.locator("strong em, em strong")).to_have_text("both")
    await expect(message).to_contain_text("<b>@Bob")
    await expect(message.get_by_role("link", name="PR #1")).to_have_attribute("href", "https://example.com/1")
    await expect(message.locator("ol")).to_have_attribute("start", "3")
    await expect(message.locator("ul.list-1")).to_have_text("inner")
    await expect(message.get_by_role("blockquote")).to_have_text("quoted🎉")
    await expect(message.locator("pre")).to_have_text("make test")


async def test_a_table_has_a_header_and_aligned_columns(alice: Person, slack: AsyncWebClient) -> None:
    def row(*cells: str) -> list[Json]:
        return [{"type": "raw_text", "text": cell} for cell in cells]

    rows = [row("Fact", "ms"), row("Health", "85"), row("Products <b>", "140")]
    message = await posted(
        alice, slack, {"type": "table", "rows": rows, "column_settings": [{"is_wrapped": True}, {"align": "right"}]}
    )

    await expect(message.get_by_role("columnheader")).to_have_text(["Fact", "ms"])
    await expect(message.get_by_role("cell")).to_have_text(["Health", "85", "Products <b>", "140"])
    await expect(message.get_by_role("cell", name="140")).to_have_css("text-align", "right")


async def test_markdown(alice: Person, slack: AsyncWebClient) -> None:
    text = "# Next\n\n- [x] **one**\n- [ ] two\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n"
    message = await posted(alice, slack, {"type": "markdown", "text": text})

    await expect(message.get_by_role("heading", name="Next")).to_be_visible()
    await expect(message.get_by_role("listitem")).to_have_text(["☑ one", "☐ two"])
    await expect(message.get_by_role("cell")).to_have_text(["1", "2"])


async def test_a_picture_from_elsewhere_is_described_and_not_loaded(alice: Person, slack: AsyncWebClient) -> None:
    image = {
        "type": "image",
        "image_url": "https://example.com/a.png",
        "alt_text": "A chart",
        "title": kit.plain("Week"),
    }
    message = await posted(alice, slack, image)

    await expect(message.get_by_role("figure")).to_contain_text("Week")
    await expect(message.get_by_role("img", name="A chart")).to_be_visible()


def axes(kind: str) -> Json:
    points = [{"label": day, "value": n * 40} for n, day in enumerate(DAYS, start=1)]
    series = [{"name": "Health", "data": points}, {"name": "Orders", "data": points[::-1]}]
    return {"type": kind, "series": series, "axis_config": {"categories": DAYS, "y_label": "ms"}}


SEGMENTS = [{"label": "Done", "value": 3}, {"label": "Open", "value": 1}]
CHARTS: list[tuple[Json, str, str, int, list[str]]] = [
    (axes("line"), "Health: Mon 40, Tue 80, Wed 120; Orders: ", "circle", 6, ["Health", "Orders"]),
    (axes("area"), "Health: Mon 40, Tue 80, Wed 120; Orders: ", ".under", 2, ["Health", "Orders"]),
    (axes("bar"), "Health: Mon 40, Tue 80, Wed 120; Orders: ", "rect", 6, ["Health", "Orders"]),
    ({"type": "pie", "segments": SEGMENTS}, "Done 3, Open 1", ".slice", 2, ["Done · 3 (75 %)", "Open · 1 (25 %)"]),
]


@pytest.mark.parametrize(("chart", "words", "mark", "marks", "legend"), CHARTS, ids=[one[0]["type"] for one in CHARTS])
async def test_a_chart_is_drawn_and_said_in_words(
    alice: Person, slack: AsyncWebClient, chart: Json, words: str, mark: str, marks: int, legend: list[str]
) -> None:
    message = await posted(alice, slack, {"type": "data_visualization", "title": "Latency", "chart": chart})

    drawing = message.get_by_role("img", name=f"Latency: {words}")
    await expect(drawing).to_be_visible()
    await expect(drawing.locator(mark)).to_have_count(marks)
    await expect(message.get_by_role("listitem")).to_have_text(legend)


async def test_a_section_has_each_kind_of_element_beside_it(alice: Person, slack: AsyncWebClient) -> None:
    options = [kit.option("One"), kit.option("Two")]
    beside: list[tuple[Json, Any]] = [
        (kit.button("Go", "a"), "button"),
        ({"type": "overflow", "action_id": "a", "options": options}, "button"),
        ({"type": "static_select", "action_id": "a", "options": options}, "combobox"),
        ({"type": "users_select", "action_id": "a"}, "combobox"),
        ({"type": "checkboxes", "action_id": "a", "options": options}, "checkbox"),
        ({"type": "radio_buttons", "action_id": "a", "options": options}, "radio"),
        ({"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A face"}, "img"),
        ({"type": "datepicker", "action_id": "a"}, None),
        ({"type": "timepicker", "action_id": "a"}, None),
        ({"type": "multi_static_select", "action_id": "a", "options": options}, "group"),
    ]
    message = await posted(alice, slack, *(kit.section(f"Row {n}", accessory=one) for n, (one, _) in enumerate(beside)))

    for place, (_, role) in enumerate(beside):
        block = message.locator(".block").nth(place)
        found = block.get_by_role(role) if role else block.locator("input")
        await expect(found.first).to_be_visible()


async def test_a_block_the_page_does_not_draw_says_so(alice: Person, slack: AsyncWebClient) -> None:
    card = {"type": "card", "title": kit.mrkdwn("A card"), "actions": [kit.button("Go", "a")]}
    await expect(await posted(alice, slack, card)).to_contain_text("A “card” block. Slack draws it")
