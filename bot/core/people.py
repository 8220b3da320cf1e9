"""People, and who may do what: everybody in the channel moves items; a few things are for owners and admins."""

from dataclasses import dataclass, field

from bot.errors import NotAllowed

# What only owners do (PRODUCT 2, "Who may"), as it is said in a refusal.
FOR_OWNERS = {
    "settings": "change its settings",
    "waive": "waive a criterion",
    "reopen": "reopen what is CLOSED",
    "facts": "add or remove prod facts",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace: Slack's user id, the name people know them by, and the address of their picture.

    With another picture they are the same person; nothing: it is not known.
    """

    id: str
    name: str
    picture: str = field(default="", compare=False)

    @property
    def record(self) -> dict[str, str]:
        """Who it was, for what is written down for good: a picture is of today."""
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for something: who they are, and whether they are an admin of the workspace."""

    person: Person | None  # None: a program on the server
    is_admin: bool = False


def is_owner(asker: Asker, owners: tuple[Person, ...]) -> bool:
    """Return whether somebody may what owners may: an owner, an admin of the workspace, or a program on the server."""
    return asker.person is None or asker.is_admin or asker.person.id in {owner.id for owner in owners}


def may_own(asker: Asker, owners: tuple[Person, ...], *, is_begun: bool) -> bool:
    """Return whether somebody may what owners may, on a board that is begun or not.

    Whoever begins a board owns it (PRODUCT 2, "Who may"), so one that nobody has begun refuses nobody. One that a
    program began has no owner until somebody names one, and till then the admins of the workspace are.
    """
    return is_owner(asker, owners) or not (owners or is_begun)


def check_owner(deed: str, asker: Asker, owners: tuple[Person, ...], *, is_begun: bool) -> None:
    """Refuse what is for owners to somebody who is none. Raises NotAllowed."""
    if may_own(asker, owners, is_begun=is_begun):
        return
    if not owners:
        raise NotAllowed(
            f"This board has no owner yet, so only admins of the workspace can {FOR_OWNERS[deed]}. "
            "One of them can name its owners in `/board settings`. Nothing was changed."
        )
    raise NotAllowed(
        f"Only owners of this board can {FOR_OWNERS[deed]}: {{owners}}. Ask one of them. Nothing was changed.",
        owners=", ".join(owner.name for owner in owners),
    )
