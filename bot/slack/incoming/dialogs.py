"""The shape of a dialog, and of what it was filled in with."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, Json, model_validator

from bot.slack.incoming.parts import Id, Named, Option, Ours, Part, Whole, Words


class Element(Part):
    """A field of a dialog, filled in."""

    type: Words
    value: Words | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_date: Annotated[date, Field(strict=False)] | None = None
    selected_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    selected_user: Id | None = None
    selected_users: list[Id] | None = None
    selected_conversation: Id | None = None
    files: list[Named] | None = None

    @property
    def chosen(self) -> list[Option]:
        """The options that were chosen."""
        return [*([self.selected_option] if self.selected_option else []), *(self.selected_options or [])]


class Filled(Part):
    """The fields of a dialog, by block and by action."""

    values: dict[str, dict[str, Element]] | None = None


class View(Part):
    """A dialog, or an App Home."""

    id: Id
    type: Words | None = None
    callback_id: Words | None = None
    private_metadata: Words | None = None
    hash: Whole | None = None
    root_view_id: Id | None = None
    state: Filled | None = None


class Carried(Part):
    """What every dialog of ours that can be sent carries: whose board it is for, beside what is its own."""

    channel: Words


class Choices(Part):
    """What can be chosen in a field; where it is searched, whatever was found."""

    type: Words | None = None
    options: list[Option] | None = None

    @property
    def is_searched(self) -> bool:
        """Whether its options come from a search, so that the dialog does not hold them."""
        return self.type in ("external_select", "multi_external_select")


class Block(Part):
    """A block of a dialog; one with an element may be a field."""

    block_id: Words | None = None
    element: Choices | None = None


class Sendable(View):
    """A dialog that can be sent; what was chosen in it is what it gave to choose from."""

    type: Literal["modal"]
    callback_id: Ours
    private_metadata: Json[Carried]  # type: ignore[assignment]
    blocks: tuple[Block, ...] = Field((), strict=False)

    @model_validator(mode="after")
    def _chosen_from_what_is_there(self) -> Self:
        fields = {block.block_id: block.element for block in self.blocks if block.element}
        given = {name: field.options or [] for name, field in fields.items() if not field.is_searched}
        values = (self.state and self.state.values) or {}
        for name, elements in values.items():
            is_searched = name in fields and name not in given
            chosen = [option for element in elements.values() for option in element.chosen]
            if not is_searched and any(option not in given.get(name, []) for option in chosen):
                raise ValueError(f"{name} holds what nobody could choose")
        return self
