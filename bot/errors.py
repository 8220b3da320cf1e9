"""What a person may be told: the errors that are answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on, shown as a button: pressing it is typing `/board VERB ARGUMENT`."""

    verb: str
    argument: str
    label: str


class UserError(Exception):
    """A refusal in words. It changes nothing.

    `words` is a `str.format` template in our own words (Slack's `*bold*` is allowed in it); what people wrote goes
    into `quoted` (or `quotes`) and is escaped by whoever shows it. `field` names the form field the refusal is about.
    """

    def __init__(
        self,
        words: str,
        /,
        *,
        offers: tuple[Offer, ...] = (),
        field: str = "",
        quotes: Mapping[str, str] | None = None,
        **quoted: str,
    ) -> None:
        super().__init__(words)
        self.words = words
        self.offers = offers
        self.field = field
        self.quoted = {**(quotes or {}), **quoted}

    def say(self, escape: Callable[[str], str] = str) -> str:
        """Return the whole sentence, with what people wrote passed through `escape`."""
        return self.words.format(**{name: escape(value) for name, value in self.quoted.items()})

    def unmarked(self) -> str:
        """Return the sentence for a place without markup, such as a form's field: no `*` and no backticks of ours."""
        return self.words.replace("*", "").replace("`", "").format(**self.quoted)

    def __str__(self) -> str:
        return self.say().replace("*", "")


class DoneBefore(Exception):
    """The request was done when it was delivered the first time; nothing was changed now. It is no refusal."""


class RuleBroken(UserError):
    """A rule of the board stands in the way."""


class Busy(UserError):
    """Somebody else holds what this needs for longer than one can wait; asking again is all there is to do."""


class NotFound(UserError):
    """There is no such item, board or fact."""


class NotAllowed(UserError):
    """This person may not do this."""


class BadInput(UserError):
    """What was typed or sent can't be read; the words say what would be."""
