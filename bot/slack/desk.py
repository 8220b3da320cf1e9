"""What a command needs at hand: the services, Slack, the clock, and which prod facts there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.facts.listed import Listed
from bot.services.door import Door
from bot.slack.client import Slack
from bot.slack.directory import Directory


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole program. The directory knows who is who and who is where."""

    door: Door
    slack: Slack
    clock: Callable[[], datetime]
    listed: Listed
    directory: Directory

    def has_facts(self, channel: str) -> bool:
        """Whether there are prod facts for a channel's board."""
        return bool(self.listed.of(channel))
