"""Slack's text as nodes: the page's own functions, called in the browser."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.sandbox.server import Sandbox
from tests.browser.person import Person, sit_down

MRKDWN = [
    ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
    ("* not bold* and *not\nbold*", "* not bold* and *not\nbold*"),
    ("(*bold*), *bold*.", "(<strong>bold</strong>), <strong>bold</strong>."),
    ("`*code* &lt;b&gt;`", "<code>*code* &lt;b&gt;</code>"),
    ("```\na\n*b*\n```", "<pre>a\n*b*</pre>"),
    ("before\n&gt; quoted\n> more\nafter", "<div>before</div><blockquote>quoted\nmore</blockquote><div>after</div>"),
    ("&gt;&gt;&gt; all\nof it", "<blockquote>all\nof it</blockquote>"),
    ("&lt;!channel&gt; &amp;lt; &nbsp;", "&lt;!channel&gt; &amp;lt; &amp;nbsp;"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
    (":white_check_mark: :no_such_name: 08:58:12", "✅ :no_such_name: 08:58:12"),
    ("αβγ *δ* ‏שלום", "αβγ <strong>δ</strong> ‏שלום"),
]
REFERENCES = [
    ("<!channel>", "mention mention-live", "@channel"),
    ("<!here|here>", "mention mention-live", "@here"),
    ("<!everyone>", "mention mention-live", "@everyone"),
    ("<!subteam^S1|@docs>", "mention mention-live", "@docs"),
    ("<@U0BOB>", "mention", "@Bob"),
    ("<@U0ALICE>", "mention mention-me", "@Alice"),
    ("<@U0NOBODY|ann>", "mention", "@ann"),
    ("<#C0RANDOM>", "mention", "#random"),
    ("<#C0GONE|old>", "mention", "#old"),
]
MARKDOWN = [
    ("# Title", "Title"),
    ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
    ("- [x] done\n- [ ] open", "☑ "),
    ("- a\n  - b", '<ul class="list"><li>a<ul class="list"><li>b</li></ul></li></ul>'),
    ("| A |\n|---|\n| 1 |", "<td>1</td>"),
    ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
    ("```\n<b>\n```", "<pre>&lt;b&gt;</pre>"),
]
MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Person]:
    """One page for the whole file: its functions are only called."""
    box = Sandbox(tmp_path_factory.mktemp("text") / "sandbox.db", 0, lambda: datetime.now(UTC))
    await box.start()
    async with sit_down(browser, box.address) as person:
        yield person
    await box.stop()


@pytest.mark.parametrize(("text", "html"), MRKDWN)
async def test_mrkdwn(reader: Person, text: str, html: str) -> None:
    assert await mrkdwn(reader, text) == html


@pytest.mark.parametrize(("text", "look", "says"), REFERENCES)
async def test_references_show_whom_they_would_reach(reader: Person, text: str, look: str, says: str) -> None:
    html = await mrkdwn(reader, text)
    assert f'class="{look}"' in html
    assert f">{says}</" in html


async def test_links_open_elsewhere_and_show_their_label(reader: Person) -> None:
    html = await mrkdwn(reader, "<https://example.com/?a=1&amp;b=2|the &lt;PR&gt;> and https://example.com/x.")
    assert 'href="https://example.com/?a=1&amp;b=2"' in html
    assert ">the &lt;PR&gt;</a>" in html
    assert 'href="https://example.com/x"' in html
    assert html.count('rel="noopener noreferrer"') == 2


@pytest.mark.parametrize(("text", "html"), MARKDOWN)
async def test_markdown(reader: Person, text: str, html: str) -> None:
    script = """async (text) => (await import("/page/blocks/markdown.js")).markdown({ text }).innerHTML"""
    assert html in await reader.page.evaluate(script, text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (3 * MINUTE, "3 minutes ago"),
        (HOUR, "1 hour ago"),
        (2 * DAY, "2 days ago"),
        (-2 * HOUR, "in 2 hours"),
    ],
)
async def test_ages_are_told_in_one_unit(reader: Person, seconds: int, words: str) -> None:
    script = """async (seconds) => {
        const { formatDate } = await import("/page/blocks/dates.js");
        return formatDate(Date.now() / 1000 - seconds, "{ago}");
    }"""
    assert await reader.page.evaluate(script, seconds) == words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{date_num}", "2014-02-08"),
        ("{date_slash}", "08/02/2014"),
        ("{date}", "February 8th, 2014"),
        ("{date_short}", "Feb 8, 2014"),
        ("{date_long}", "Saturday, February 8th, 2014"),
        ("{date_long_full}", "February 8, 2014"),
        ("{date_pretty} at {time}", "February 8th, 2014 at 06:09"),
        ("{time_secs}", "06:09:45"),
        ("{day_divider_pretty}", "Saturday, February 8th, 2014"),
        ("{no_such_token}", "{no_such_token}"),
    ],
)
async def test_date_tokens(reader: Person, pattern: str, words: str) -> None:
    script = """async (pattern) => {
        const { formatDate } = await import("/page/blocks/dates.js");
        return formatDate(new Date(2014, 1, 8, 6, 9, 45) / 1000, pattern);
    }"""
    assert await reader.page.evaluate(script, pattern) == words


async def test_near_days_have_names(reader: Person) -> None:
    script = """async () => {
        const { formatDate } = await import("/page/blocks/dates.js");
        return [1, 0, -1].map((days) => formatDate(Date.now() / 1000 - days * 86400, "{date_long_pretty}"));
    }"""
    assert await reader.page.evaluate(script) == ["Yesterday", "Today", "Tomorrow"]


async def mrkdwn(person: Person, text: str) -> str:
    script = """async (text) => {
        const { mrkdwn } = await import("/page/blocks/text.js");
        const node = document.createElement("div");
        node.append(...mrkdwn(text));
        return node.innerHTML;
    }"""
    return str(await person.page.evaluate(script, text))
