"""Sixty texts that would be something else than text wherever Slack parses what it is sent."""

MARKER = "Qzx"  # stands in each of them, and nowhere in what Onewip says itself

_TEXTS = (
    # marks, alone, nested, in words, at the ends
    "*{}*", "_{}_", "~{}~", "`{}`", "**{}**", "***{}***", "__{}__", "~~{}~~", "*_~{}~_*", "_*`{}`*_", "a*{}*b",
    "(*{}*)", "*{}", "{}*", "`{}", "{}` x `y", "*a* {} *b*", "snake_{}_case", "2 * {} * 3", "-*{}*-", "\u200b*{}*",
    "*\u200b{}*",
    # code, quotes, lists, headings, rules of Markdown
    "```{}```", "```\n{}\n```", "> {}", ">{}", ">>> {}", "&gt; {}", "x\n> {}", "- {}", "1. {}", "# {}", "• {}", "---{}",
    "[{}](https://evil.test)", "![{}](https://evil.test/x.png)", "| {} | b |\n|---|---|", "\\*{}\\*",
    # what calls, links and names
    "<!channel> {}", "<!here|{}>", "<!everyone> {}", "<@U0OWNER> {}", "<@U0OWNER|{}>", "<#C0STANDUP> {}", "@channel {}",
    "<!subteam^S1|{}>", "<https://evil.test|{}>", "https://evil.test/{}", "mailto:a@evil.test {}", "<mailto:x@y.z|{}>",
    # dates, emoji, entities, templates, what turns around and what is not seen
    "<!date^1700000000^{{date}}|{}>", ":tada: {} :warning:", "&lt;!channel&gt; {}", "&amp;{}&#42;x&#42;", "<{}", "{}>",
    "{{title}} {} {{0}} {{_0}}", "%s {} %(x)s ${{x}}", "\u202e{}\u202c", "</text>{}<script>",
)  # fmt: skip
HOSTILE = tuple(text.format(MARKER) for text in _TEXTS)
