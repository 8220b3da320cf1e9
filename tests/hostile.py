"""Texts that are cheap to send and may be dear to read: pieces that come again and again, wherever they may stand."""

import string
from collections.abc import Callable, Mapping

from tests.depth import tried

Text = Callable[[int], str]  # of so many characters

MARKS = (
    *string.punctuation,
    " ",
    "\n",
    "\t",
    "\r",
    "a",
    "A",
    "0",
    "α",
    "\u0301",
    "\u200b",
    "\x1b",
    "“",
    "«",
    "✅",
    "\u2028",
)

# What begins something that may have no end.
OPENERS = (
    "<http://", "<mailto:", "<@U1|", "<#C1|", "<@", "<!date^1^", "&", "&#", "password=", "\"token\": \"", "bearer ",
    "basic ", "://a:", "-eyJ", "\x1b[", "\x1b]", "[", "![", "[a](", "(", "(blocked ", "(Started: ", "**",
    "*", "_", "~~",
    "`", "``", "```\n", "<!--", "<details>", "<summary>", "<a ", "“", "«", "\"", "'", "> ", "- ", "1. ", "| ", "# ",
    "### ", "**WIP", "**Scope**: ", "- DoD: ", "- [ ] ", "- [x] a — evidence: ", "PR #1, ", "Title - ", "A logs in ",
    "shows a", "the ", "CI ", "no ", "run a", "http 1", "A-", "x_", "ok ", "# skip ", "1 checks ", "2025-12-20 ",
    "Last Updated: ", "---\na: ",
)  # fmt: skip

# What ordinary texts are made of, much too much of it.
ORDINARY = (
    "a ", "a b ", "A-1 ", "1,", "1.1 ", "1 of 1 ", "stage 1", "5 a ", "test ", "tests pass ", "green ", "is done ",
    "returns a ", "https://a.example/b ", "/a ", "#1, ", "PR #1 and ", "a@b ", "@U12345 ", "a\n", "a\n\n", "a: b\n",
    "- a\n", "-\n", "  - a\n", "\t- a\n", "- - ", "1. a\n", "- [ ] a\n", "- Scope: a\n", "- **DoD**:\n", "> a\n", ">\n",
    "# a\n", "### 1) a\n", "## WIP\n", "## DONE\n- a\n", "DONE:\n\n", "**A**\n\n", "**Next**\n\n", "**a** ", "*a* ",
    "~~a~~ ", "a\n---\n", "---\n", "| a | b |\n", "a|b\n-|-\n", "<b>a</b>\n", "[a](https://b.example) ", "` a `` b ",
    "(2025-12-20) ", "2025-12-20: a\n", "- Item (2025-12-20) - PR #1 merged ✅\n", "- waiting for a\n",
    " — BLOCKED (a) ",
    "ok a\n  ✅ b\n", "not ok ", "❌ a: b\n", "12 ms ", "x\r\n", "&lt;!date^1^a|b&gt; ", "none ", "- (none)\n",
    "\\*", "&#42;", "ά ς ", "word " * 20 + "\n",
)  # fmt: skip


def repeated(piece: str) -> Text:
    """A text of one piece, again and again."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def opened(opener: str, filling: str) -> Text:
    """Something that begins once and then goes on without an end."""
    return lambda size: opener + repeated(filling)(size)


def ticks(size: int) -> str:
    """Runs of backticks of every length: a run ends at one of the same length, and none is there."""
    return " ".join("`" * n + "a" for n in range(1, int((2 * size) ** 0.5)))[:size]


def distinct(size: int) -> str:
    """Lines that are all different."""
    return "".join(f"line {k}\n" for k in range(size // 10))


EVERY: Mapping[str, Text] = {
    **{f"{piece!r} again and again": repeated(piece) for piece in dict.fromkeys((*MARKS, *OPENERS, *ORDINARY))},
    **{f"{opener!r}, then {filling!r}": opened(opener, filling) for opener in OPENERS for filling in ("a", "- .")},
    "runs of ticks": ticks,
    "different lines": distinct,
}
# By day each reader meets some of them, of every kind, and those that were dear once; at night it meets all.
DEAR = ("<details>", "<summary>")
TEXTS = dict(list(EVERY.items())[:: tried(12, deep=1)]) | {
    name: EVERY[name] for piece in DEAR if (name := f"{piece!r} again and again")
}
