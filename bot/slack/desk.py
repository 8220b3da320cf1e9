"""What a command needs at hand: the services, Slack, the clock, and whether production can be checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.board import Person
from bot.services.door import Door
from bot.slack.client import Slack


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole program. `names` remembers who is who, so that Slack is asked once for each person."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    has_facts: bool
    names: dict[str, Person]
