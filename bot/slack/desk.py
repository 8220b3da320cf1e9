"""What a command needs at hand: the services, Slack, the clock, and whether production can be checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.door import Door
from bot.slack.client import Slack
from bot.slack.directory import Directory


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole program. The directory knows who is who and who is where."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    has_facts: bool
    directory: Directory
