"""Rich text: the block, its four kinds of paragraph, and what stands in a line.

Pages are below docs.slack.dev/reference/. The ten inline elements here are those of people's own text. Slack knows a
dozen more, for canvases, citations and Salesforce; the sandbox refuses them, because it could not show them either.
"""

from bot.sandbox.rules.objects import FLAG, ID
from bot.sandbox.rules.shape import Items, Kinds, Number, Rule, Shape, Text, Whole, choice

ELEMENTS = "block-kit/block-elements/"

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = {"style": Shape(ELEMENTS + "text-element", may=dict.fromkeys(STYLES, FLAG))}
BORDER = {"border": Whole(0, 1)}
NAME = Text(least=1)


def _inline(page: str, *needs: str, **may: Rule) -> Shape:
    return Shape(ELEMENTS + page, needs=dict.fromkeys(needs, NAME), may=STYLE | may)


TEXT = _inline("text-element", "text")
LINK = _inline("link-element", "url", text=Text(), unsafe=FLAG)

INLINE = Kinds(
    {
        "text": TEXT,
        "link": LINK,
        "user": _inline("user-element", "user_id"),
        "usergroup": _inline("usergroup-element", "usergroup_id"),
        "channel": _inline("channel-element", "channel_id"),
        "team": _inline("team-element", "team_id"),
        "emoji": _inline("emoji-element", "name", unicode=NAME, url=NAME, skin_tone=Whole(1, 6)),
        "color": _inline("color-element", "value"),
        "broadcast": Shape(
            ELEMENTS + "broadcast-element",
            needs={"range": choice("here", "channel", "everyone")},
            may=STYLE,
        ),
        "date": Shape(
            ELEMENTS + "date-element",
            needs={"timestamp": Number(), "format": NAME},
            may=STYLE | {"url": NAME, "fallback": NAME, "timezone": NAME},
        ),
    }
)

# Slack takes a paragraph with nothing in it, but not a list without items.
SECTION = Shape(ELEMENTS + "rich-text-section-element", needs={"elements": Items(INLINE, least=0)})

PARAGRAPH = Kinds(
    {
        "rich_text_section": SECTION,
        "rich_text_list": Shape(
            ELEMENTS + "rich-text-list-element",
            needs={"style": choice("bullet", "ordered"), "elements": Items(Kinds({"rich_text_section": SECTION}))},
            may=BORDER | {"indent": Whole(0, 8), "offset": Whole(0)},
        ),
        "rich_text_quote": Shape(
            ELEMENTS + "rich-text-quote-element",
            needs={"elements": Items(INLINE, least=0)},
            may=BORDER,
        ),
        "rich_text_preformatted": Shape(
            ELEMENTS + "rich-text-preformatted-element",
            needs={"elements": Items(Kinds({"text": TEXT, "link": LINK}), least=0)},
            may=BORDER | {"language": NAME},
        ),
    }
)

RICH_TEXT_BLOCK = Shape(
    "block-kit/blocks/rich-text-block",
    needs={"elements": Items(PARAGRAPH, least=0)},
    may={"block_id": ID},
)
RICH_TEXT = Kinds({"rich_text": RICH_TEXT_BLOCK})
