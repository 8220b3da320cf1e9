"""Modals: from the click that opens one to what the bot is given."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp

from tests.browser import kit
from tests.browser.kit import Json
from tests.browser.person import Person

FORM = kit.modal(
    "Add an item",
    kit.field("title", "Title", "plain_text_input", optional=False),
    kit.field("lane", "Lane", "static_select", options=[kit.option("Next"), kit.option("Later")]),
    callback_id="form",
)
SURE = kit.modal("Really?", kit.section("It moves to DONE."), submit="Finish", callback_id="sure")


def opens(app: AsyncApp, view: Json) -> None:
    """/board opens `view`."""

    async def listener(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    app.command("/board")(listener)


def answers(app: AsyncApp, callback_id: str, **answer: Any) -> list[Json]:
    """Submissions of a view get `answer`; gives what they held, as they come."""
    heard: list[Json] = []

    async def listener(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"])
        await ack(**answer)

    app.view(callback_id)(listener)
    return heard


async def test_what_is_typed_reaches_the_bot_and_the_dialog_closes(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    heard = answers(app, "form")
    await alice.say("/board")

    dialog = alice.dialog("Add an item")
    await expect(dialog.get_by_role("textbox", name="Title")).to_be_focused()
    await dialog.get_by_role("textbox", name="Title").fill("Payments")
    await dialog.get_by_role("combobox", name="Lane").select_option("Later")
    await dialog.get_by_role("button", name="Save").click()

    await expect(dialog).to_have_count(0)
    assert heard[0]["title"]["a"]["value"] == "Payments"
    assert heard[0]["lane"]["a"]["selected_option"]["value"] == "later"


async def test_an_empty_required_field_is_said_before_the_bot_is_asked(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    heard = answers(app, "form")
    await alice.say("/board")
    await alice.dialog("Add an item").get_by_role("button", name="Save").click()

    await expect(alice.dialog("Add an item").get_by_role("alert")).to_have_text("Please complete this required field.")
    assert heard == []


async def test_errors_stand_on_their_field_until_it_is_changed(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    answers(app, "form", response_action="errors", errors={"title": "#2 is called that already."})
    await alice.say("/board")
    dialog = alice.dialog("Add an item")
    title = dialog.get_by_role("textbox", name="Title")
    await title.fill("Payments")
    await dialog.get_by_role("button", name="Save").click()

    await expect(dialog.get_by_role("alert")).to_have_text("#2 is called that already.")
    await expect(title).to_be_focused()
    await expect(title).to_have_attribute("aria-invalid", "true")

    await title.fill("Card payments")
    await expect(dialog.get_by_role("alert")).to_have_count(0)


async def test_a_pushed_view_goes_back_to_what_was_typed(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    answers(app, "form", response_action="push", view=SURE)
    answers(app, "sure", response_action="clear")
    await alice.say("/board")
    form, sure = alice.dialog("Add an item"), alice.dialog("Really?")
    await form.get_by_role("textbox", name="Title").fill("Payments")
    await form.get_by_role("button", name="Save").click()

    await sure.get_by_role("button", name="Back").first.click()
    await expect(form.get_by_role("textbox", name="Title")).to_have_value("Payments")

    await form.get_by_role("button", name="Save").click()
    await sure.get_by_role("button", name="Finish").click()
    await expect(alice.page.get_by_role("dialog")).to_have_count(0)


async def test_escape_closes_one_view_and_the_cross_all(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    answers(app, "form", response_action="push", view=SURE)
    await alice.say("/board")
    form, sure = alice.dialog("Add an item"), alice.dialog("Really?")
    await form.get_by_role("textbox", name="Title").fill("Payments")
    await form.get_by_role("button", name="Save").click()
    await expect(sure).to_be_visible()

    await alice.page.keyboard.press("Escape")
    await expect(form).to_be_visible()

    await form.get_by_role("button", name="Save").click()
    await sure.get_by_role("button", name="Close").click()
    await expect(alice.page.get_by_role("dialog")).to_have_count(0)
    await expect(alice.composer()).to_be_focused()


async def test_an_update_keeps_the_caret_and_what_was_typed(alice: Person, app: AsyncApp) -> None:
    typed = kit.field("dod", "Checks", "plain_text_input", dispatch_action_config=CHARACTERS) | {
        "dispatch_action": True
    }
    opens(app, kit.modal("Checks", typed))

    @app.action("a")
    async def hint(ack: Any, client: Any, body: Json) -> None:
        await ack()
        view = kit.modal("Checks", kit.section("What would show it?"), typed)
        await client.views_update(view_id=body["view"]["id"], view=view)

    await alice.say("/board")
    box = alice.dialog("Checks").get_by_role("textbox", name="Checks")
    await box.press_sequentially("works", delay=20)

    await expect(alice.dialog("Checks")).to_contain_text("What would show it?")
    await expect(box).to_be_focused()
    await expect(box).to_have_value("works")


CHARACTERS = {"trigger_actions_on": ["on_character_entered"]}
DAYS = [kit.option("Mon"), kit.option("Tue"), kit.option("Wed")]
ELEMENTS: list[tuple[str, Json, Json]] = [
    ("plain_text_input", {"initial_value": "abc"}, {"value": "abc"}),
    ("number_input", {"initial_value": "5", "is_decimal_allowed": False}, {"value": "5"}),
    ("email_text_input", {"initial_value": "a@example.com"}, {"value": "a@example.com"}),
    ("url_text_input", {"initial_value": "https://example.com"}, {"value": "https://example.com"}),
    ("checkboxes", {"options": DAYS, "initial_options": DAYS[1:]}, {"selected_options": DAYS[1:]}),
    ("radio_buttons", {"options": DAYS, "initial_option": DAYS[2]}, {"selected_option": DAYS[2]}),
    ("static_select", {"options": DAYS, "initial_option": DAYS[0]}, {"selected_option": DAYS[0]}),
    ("multi_static_select", {"options": DAYS, "initial_options": DAYS[:2]}, {"selected_options": DAYS[:2]}),
    ("users_select", {"initial_user": "U0BOB"}, {"selected_user": "U0BOB"}),
    ("multi_users_select", {"initial_users": ["U0BOB"]}, {"selected_users": ["U0BOB"]}),
    ("channels_select", {"initial_channel": "C0RANDOM"}, {"selected_channel": "C0RANDOM"}),
    ("multi_channels_select", {"initial_channels": ["C0RANDOM"]}, {"selected_channels": ["C0RANDOM"]}),
    ("conversations_select", {"default_to_current_conversation": True}, {"selected_conversation": "C0STANDUP"}),
    ("multi_conversations_select", {"initial_conversations": ["C0QUIET"]}, {"selected_conversations": ["C0QUIET"]}),
    ("datepicker", {"initial_date": "2025-11-28"}, {"selected_date": "2025-11-28"}),
    ("timepicker", {"initial_time": "09:30"}, {"selected_time": "09:30"}),
    ("datetimepicker", {"initial_date_time": 1764320400}, {"selected_date_time": 1764320400}),
]


@pytest.mark.parametrize(("kind", "element", "part"), ELEMENTS, ids=[kind for kind, _, _ in ELEMENTS])
async def test_every_input_gives_back_what_it_started_with(
    alice: Person, app: AsyncApp, kind: str, element: Json, part: Json
) -> None:
    opens(app, kit.modal("One field", kit.field("it", "It", kind, **element), callback_id="one"))
    heard = answers(app, "one")
    await alice.say("/board")
    await alice.dialog("One field").get_by_role("button", name="Save").click()
    await expect(alice.dialog("One field")).to_have_count(0)
    assert bare(heard[0]["it"]["a"]) == bare({"type": kind, **part})


def bare(value: Any) -> Any:
    """`value` without the `emoji` that Slack adds to plain text."""
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key != "emoji"}
    return [bare(one) for one in value] if isinstance(value, list) else value


async def test_a_menu_for_several_takes_no_more_than_it_may(alice: Person, app: AsyncApp) -> None:
    menu = kit.field("it", "Days", "multi_static_select", options=DAYS, max_selected_items=2)
    opens(app, kit.modal("Days off", menu, callback_id="days"))
    heard = answers(app, "days")
    await alice.say("/board")
    dialog = alice.dialog("Days off")

    await dialog.get_by_text("Choose").click()
    await dialog.get_by_label("Mon").check()
    await dialog.get_by_label("Wed").check()
    await expect(dialog.get_by_label("Tue")).to_be_disabled()
    await dialog.get_by_role("button", name="Save").click()

    await expect(dialog).to_have_count(0)
    assert [one["value"] for one in heard[0]["it"]["a"]["selected_options"]] == ["mon", "wed"]
