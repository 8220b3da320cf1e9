"""The morning on `make run`'s own stack: the settings, being asked for a note, the digest, and answering it."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.browser.person import Person, sit_down
from tests.stack import running

STACK = ("-m", "bot", "run", "--sandbox")
A_HEARTBEAT = 60_000  # milliseconds: what is due is seen within five seconds, on a machine that is not busy


async def test_a_morning(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, *STACK) as stack, sit_down(browser, stack.address) as alice:
        await expect(alice.message("nothing moved since yesterday")).to_have_count(1)
        await set_it_up(alice)
        await own_the_item(alice)
        await let_it_be(alice, time(8, 31))
        await be_left_in_peace_and_asked_again(alice)
        await answer_the_question(alice)
        await let_it_be(alice, time(9, 1))
        await read_it(alice)
        await check_in(alice)
        await change_the_answer(alice)


async def set_it_up(alice: Person) -> None:
    await alice.say("/board settings")
    form = alice.dialog("Settings")
    await form.get_by_text("Mon, Tue, Wed, Thu, Fri").click()
    for day in ("Sat", "Sun"):
        await form.get_by_role("checkbox", name=day).check()
    await form.get_by_role("textbox", name="Holidays of").fill("Narnia")
    await form.get_by_role("textbox", name="Days off").fill("2031-12-24")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("Narnia is not a country whose holidays I know.")
    await form.get_by_role("textbox", name="Holidays of").fill("Greece")
    await form.get_by_role("button", name="Save").click()
    told = alice.message("The digest comes at 09:00 (UTC), every day")
    await expect(told).to_contain_text("not on holidays of Greece, not on 24 Dec 2031. The next one:")
    await alice.say("/board digest holidays none")  # the story is the same on any day
    await expect(alice.message("The digest comes at 09:00 (UTC), every day").last).not_to_contain_text("Greece")


async def own_the_item(alice: Person) -> None:
    await alice.say("/board assign 1")
    form = alice.dialog("Owner · #1")
    await form.get_by_role("combobox", name="Owner").select_option(label="Alice")
    await form.get_by_role("button", name="Save").click()
    await expect(board(alice)).to_contain_text("Alice")


async def let_it_be(alice: Person, at: time) -> None:
    """Move the sandbox's clock to a time of tomorrow (UTC)."""
    now = datetime.now(UTC)
    wanted = datetime.combine(now.date() + timedelta(days=1), at, UTC)
    address = alice.page.url.partition("#")[0]
    body = {"person": "U0ALICE", "seconds": (wanted - now).total_seconds()}
    answer = await alice.page.request.post(f"{address}sandbox/clock", data=body)
    assert answer.ok


async def be_left_in_peace_and_asked_again(alice: Person) -> None:
    await alice.page.get_by_role("link", name="Onewip").click()
    asked = alice.message("is yours, and the digest of")
    await expect(asked).to_contain_text("#1 Consolidate MVP verification docs", timeout=A_HEARTBEAT)
    await asked.get_by_role("button", name="Stop asking me").click()
    stopped = alice.message("I won't ask you for status notes any more.")
    await stopped.get_by_role("button", name="Ask me again").click()
    await expect(stopped).to_have_count(0)


async def answer_the_question(alice: Person) -> None:
    asked = alice.message("I ask you for a status note half an hour before the digest")
    await asked.get_by_role("button", name="Update status").click()
    form = alice.dialog("Status · #1")
    await form.get_by_role("textbox", name="Status").fill("Pass 2 runs, half of it is green")
    await form.get_by_role("button", name="Save").click()
    told = alice.dialog("Onewip")
    await expect(told).to_contain_text("Pass 2 runs, half of it is green")
    await told.get_by_role("button", name="Close").last.click()
    noted = alice.message("Noted on #1 Consolidate MVP verification docs: › Pass 2 runs, half of it is green")
    await expect(noted).to_be_visible()
    await expect(noted.get_by_role("button", name="Update status")).to_have_count(0)


async def read_it(alice: Person) -> None:
    await go_to_the_channel(alice)
    await expect(digest(alice)).to_contain_text("Pass 2 runs, half of it is green", timeout=A_HEARTBEAT)
    await expect(digest(alice)).to_contain_text("Production")
    await expect(digest(alice)).not_to_contain_text("late")
    for name in ("Mark DoD done", "Update status", "Run prod facts", "Open board", "Add yours"):
        await expect(digest(alice).get_by_role("button", name=name)).to_be_visible()


async def check_in(alice: Person) -> None:
    await digest(alice).get_by_role("button", name="Add yours").click()
    form = alice.dialog("Add yours")
    await form.get_by_role("textbox", name="Did").fill("Stage 4A")
    await form.get_by_role("textbox", name="What is in the way").fill("The staging database is down")
    await form.get_by_role("button", name="Send").click()
    await expect(board(alice)).to_contain_text("blocked: The staging database is down")
    await expect(digest(alice)).to_contain_text("1 of 5 answered")
    await expect(digest(alice)).to_contain_text("Alice: ⛔ The staging database is down")


async def change_the_answer(alice: Person) -> None:
    await digest(alice).get_by_role("button", name="Add yours").first.click()
    form = alice.dialog("Add yours")
    await expect(form.get_by_role("textbox", name="Did")).to_have_value("Stage 4A")
    await form.get_by_role("textbox", name="What is in the way").fill("")
    await form.get_by_role("textbox", name="Next").fill("Stage 4B")
    await form.get_by_role("button", name="Send").click()
    await expect(digest(alice)).to_contain_text("next: Stage 4B")
    await expect(digest(alice)).not_to_contain_text("The staging database is down")
    await expect(board(alice)).not_to_contain_text("blocked:")


async def go_to_the_channel(alice: Person) -> None:
    await alice.page.get_by_role("link", name="standup").first.click()
    await expect(alice.log()).to_be_visible()


def digest(alice: Person) -> Locator:
    """The newest digest in the channel: the first one is the sandbox's own, of today."""
    return alice.log().get_by_role("article").filter(has_text="day 3", has_not_text="Pinned")


def board(alice: Person) -> Locator:
    """The living board message: the one that is pinned."""
    return alice.message("IN PROGRESS").filter(has_text="Pinned")
