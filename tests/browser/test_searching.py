"""Menus to search in: the bot is asked at each pause, the arrows walk, and half a word is no choice."""

from typing import Any

from playwright.async_api import Locator, expect
from slack_bolt.app.async_app import AsyncApp

from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import Person
from tests.browser.test_modals import answers, opens

CITIES = ("Athens", "Amsterdam", "Berlin")
FORM = kit.modal(
    "Where",
    kit.field("city", "City", "external_select", optional=False, min_query_length=0, initial_option=kit.option("Oslo")),
    callback_id="form",
)


def offers(app: AsyncApp) -> list[Json]:
    """The bot offers cities; gives what it was asked, as it comes."""
    asked: list[Json] = []

    @app.options("a")
    async def listener(ack: Any, body: Json) -> None:
        asked.append(body)
        await ack(options=[kit.option(city) for city in CITIES if body["value"].lower() in city.lower()])

    return asked


def box(alice: Person) -> Locator:
    return alice.dialog("Where").get_by_role("combobox", name="City")


async def test_a_choice_reaches_the_bot(alice: Person, app: AsyncApp) -> None:
    asked, heard = offers(app), answers(app, "form")
    opens(app, FORM)
    await alice.say("/board")
    await expect(box(alice)).to_have_value("Oslo")
    await box(alice).fill("am")
    await expect(alice.page.get_by_role("option")).to_have_text(["Amsterdam"])
    await alice.page.get_by_role("option", name="Amsterdam").click()
    await alice.dialog("Where").get_by_role("button", name="Save").click()
    await expect(alice.dialog("Where")).to_have_count(0)
    assert heard[0]["city"]["a"]["selected_option"]["value"] == "amsterdam"
    assert (asked[-1]["type"], asked[-1]["value"], asked[-1]["block_id"]) == ("block_suggestion", "am", "city")
    assert asked[-1]["view"]["callback_id"] == "form"


async def test_the_arrows_walk_and_escape_closes_the_list_alone(alice: Person, app: AsyncApp) -> None:
    offers(app)
    opens(app, FORM)
    await alice.say("/board")
    await box(alice).fill("a")
    await expect(alice.page.get_by_role("option")).to_have_text(["Athens", "Amsterdam"])
    await box(alice).press("ArrowDown")
    await expect(alice.page.get_by_role("option", selected=True)).to_have_text("Amsterdam")
    await box(alice).press("Escape")
    await expect(alice.page.get_by_role("option")).to_have_count(0)
    await expect(alice.dialog("Where")).to_be_visible()


async def test_half_a_word_is_no_choice(alice: Person, app: AsyncApp) -> None:
    offers(app)
    opens(app, FORM)
    await alice.say("/board")
    await box(alice).fill("zz")
    await expect(alice.dialog("Where")).to_contain_text("No results")
    await box(alice).press("Tab")
    await expect(box(alice)).to_have_value("Oslo")


async def test_options_that_slack_would_refuse_are_said_so(alice: Person, app: AsyncApp) -> None:
    @app.options("a")
    async def listener(ack: Any) -> None:
        await ack(options=[kit.option("x" * 76)])

    opens(app, FORM)
    await alice.say("/board")
    await box(alice).fill("x")
    await expect(alice.page.get_by_text("The bot offered options that Slack refuses")).to_be_visible()


async def test_on_a_message_a_choice_is_a_click(alice: Person, app: AsyncApp, slack: Any) -> None:
    asked, clicked = offers(app), []

    @app.action("a")
    async def listener(ack: Any, body: Json) -> None:
        clicked.append(body["actions"][0])
        await ack()

    find = {"type": "external_select", "action_id": "a", "placeholder": kit.plain("Find"), "min_query_length": 0}
    await slack.chat_postMessage(channel="C0STANDUP", text="Cities", blocks=[kit.actions(find)])
    finder = alice.page.get_by_role("combobox", name="Find")
    await finder.fill("ber")
    await alice.page.get_by_role("option", name="Berlin").click()
    await expect(finder).to_have_value("")
    assert clicked[0]["selected_option"]["value"] == "berlin"
    assert asked[-1]["channel"]["id"] == "C0STANDUP"
