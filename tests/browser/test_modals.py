"""Modals: from the click that opens one to what the bot is given."""

import re
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


FILTERS: list[tuple[Json, list[str]]] = [
    ({"include": ["public"]}, ["#standup", "#random", "#quiet"]),
    ({"include": ["im", "private"]}, ["#leads", "Onewip"]),
    ({"exclude_bot_users": True}, ["#standup", "#random", "#quiet", "#leads"]),
]


@pytest.mark.parametrize(("wanted", "offered"), FILTERS)
async def test_a_menu_of_conversations_offers_what_its_filter_lets_through(
    alice: Person, app: AsyncApp, wanted: Json, offered: list[str]
) -> None:
    element: Json = {"default_to_current_conversation": True, "filter": wanted}
    opens(app, kit.modal("Where", kit.field("b", "Where to", "conversations_select", **element)))
    await alice.say("/board")
    menu = alice.dialog("Where").get_by_role("combobox", name="Where to")
    await expect(menu.locator("option")).to_have_text(["Choose", *offered])
    await expect(menu).to_have_value("C0STANDUP" if "#standup" in offered else "")


async def test_every_input_gives_back_what_it_started_with(alice: Person, app: AsyncApp) -> None:
    fields = [kit.field(kind, kind, kind, **element) for kind, element, _ in ELEMENTS]
    opens(app, kit.modal("Every field", *fields, callback_id="all"))
    heard = answers(app, "all")
    await alice.say("/board")
    await alice.dialog("Every field").get_by_role("button", name="Save").click()

    await expect(alice.dialog("Every field")).to_have_count(0)
    told = {kind: bare(entry["a"]) for kind, entry in heard[0].items()}
    assert told == {kind: bare({"type": kind, **part}) for kind, _, part in ELEMENTS}


async def test_people_and_conversations_are_chosen_by_name(alice: Person, app: AsyncApp) -> None:
    kinds = ("users_select", "conversations_select", "multi_users_select")
    opens(app, kit.modal("Who", *(kit.field(kind, kind, kind) for kind in kinds), callback_id="who"))
    heard = answers(app, "who")
    await alice.say("/board")
    dialog = alice.dialog("Who")
    await dialog.get_by_role("combobox", name="users_select", exact=False).first.select_option("Bob")
    await dialog.get_by_role("combobox", name="conversations_select").select_option("#random")
    await dialog.locator("summary").click()
    for name in ("Bob", "Carol"):
        await dialog.get_by_role("checkbox", name=name).check()
    await dialog.get_by_role("button", name="Save").click()

    await expect(dialog).to_have_count(0)
    told = {kind: entry["a"] for kind, entry in heard[0].items()}
    assert told["users_select"]["selected_user"] == "U0BOB"
    assert told["conversations_select"]["selected_conversation"] == "C0RANDOM"
    assert told["multi_users_select"]["selected_users"] == ["U0BOB", "U0CAROL"]


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


DROP = """async (place, files) => {
    const dropped = new DataTransfer();
    for (const [name, text] of files) dropped.items.add(new File([text], name));
    place.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


async def test_files_are_dropped_chosen_and_taken_back(alice: Person, app: AsyncApp) -> None:
    opens(app, kit.modal("Import", kit.field("it", "Plan", "file_input", max_files=2), callback_id="import"))
    heard = answers(app, "import")
    await alice.say("/board")
    dialog = alice.dialog("Import")

    await dialog.locator(".drop").evaluate(DROP, [["NEXT-7D.md", "# Next"], ["σχέδιο.md", "# Plan"], ["more.md", "x"]])
    await expect(dialog.get_by_role("listitem")).to_have_text(
        [re.compile("NEXT-7D.md.*6 B"), re.compile("σχέδιο.md"), re.compile("No more than 2 files here.")]
    )
    await dialog.get_by_role("button", name="Remove σχέδιο.md").click()
    await dialog.get_by_label("Plan").set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b"b"})
    await expect(dialog.get_by_role("button", name="Remove b.txt")).to_be_visible()
    await dialog.get_by_role("button", name="Save").click()

    await expect(dialog).to_have_count(0)
    assert [file["name"] for file in heard[0]["it"]["a"]["files"]] == ["NEXT-7D.md", "b.txt"]
    told = await app.client.files_info(file=heard[0]["it"]["a"]["files"][0]["id"])
    assert (told["file"]["size"], told["file"]["user"]) == (6, "U0ALICE")


async def test_a_file_of_the_wrong_kind_is_not_taken(alice: Person, app: AsyncApp) -> None:
    opens(app, kit.modal("Import", kit.field("it", "Plan", "file_input", filetypes=["md"], optional=False)))
    await alice.say("/board")
    dialog = alice.dialog("Import")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Please complete this required field.")

    await dialog.locator(".drop").evaluate(DROP, [["photo.png", "x"]])
    await expect(dialog.get_by_role("listitem")).to_have_text("photo.png can't be used here, only md.")
    await expect(dialog.get_by_role("alert")).to_have_count(0)


LEVELS = ("default", "info", "warning", "error", "success")


async def test_alerts_stand_out_by_their_level(alice: Person, app: AsyncApp) -> None:
    alerts = [{"type": "alert", "level": level, "text": kit.plain(f"This is {level}.")} for level in LEVELS]
    opens(app, kit.modal("Alerts", *alerts))
    await alice.say("/board")
    notes = alice.dialog("Alerts").get_by_role("note")

    await expect(notes).to_have_text([f"This is {level}." for level in LEVELS])
    for place, level in enumerate(LEVELS):
        await expect(notes.nth(place)).to_have_class(f"alert alert-{level}")


async def test_an_update_from_the_bot_and_a_submit_that_updates(alice: Person, app: AsyncApp) -> None:
    opens(app, FORM)
    answers(app, "form", response_action="update", view=SURE)
    await alice.say("/board")
    await alice.dialog("Add an item").get_by_role("textbox", name="Title").fill("Payments")
    await alice.dialog("Add an item").get_by_role("button", name="Save").click()

    await expect(alice.dialog("Really?")).to_contain_text("It moves to DONE.")
    await expect(alice.page.get_by_role("dialog")).to_have_count(1)
