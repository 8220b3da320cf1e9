"""Whom `--owner` means: somebody the bot knows, or whoever Slack says it is."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import aiohttp

from bot import settings
from bot.cli.program import Program
from bot.core.people import Person
from bot.errors import BadInput
from bot.services.board import acquainted
from bot.slack.client import Slack, SlackBusy, SlackRefused, SlackUnreachable
from bot.store.database import Database

T = TypeVar("T")

USER = re.compile(r"[UW][A-Z0-9]{2,}")  # as Slack's user ids look
TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 (the variable's name)
TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds
BY_ID = "Give the id of the one you mean: it is in their profile in Slack, under ⋮, Copy member ID."


def owners(db: Database, program: Program, words: Sequence[str]) -> tuple[Person, ...]:
    """Return whom the words name, each a user id or a name with or without an @, once. Raises BadInput."""
    return tuple(dict.fromkeys(_owner(db, program, word.strip().removeprefix("@")) for word in words))


def _owner(db: Database, program: Program, word: str) -> Person:
    if USER.fullmatch(word):
        return acquainted.by_id(db, word) or _by_id(program, word)
    people = acquainted.by_name(db, word) or _by_name(program, word)
    if len(people) > 1:
        who = ", ".join(f"{person.name} ({person.id})" for person in people)
        raise BadInput("Several people are called {name}: {who}. " + BY_ID, name=word, who=who)
    return people[0]


def _by_id(program: Program, user: str) -> Person:
    """Return somebody with their name in Slack; where it can't be asked they go by their id till they act."""
    if not _token(program):
        return Person(user, user)
    return _asked(program, user, lambda slack: slack.person(user))


def _by_name(program: Program, name: str) -> tuple[Person, ...]:
    if not _token(program):
        raise BadInput(
            "Nobody called {name} has done anything here yet, and without SLACK_BOT_TOKEN Slack can't be asked. "
            + BY_ID,
            name=name or "nothing",
        )
    people = _asked(program, name, lambda slack: slack.people_called(name))
    if not people:
        raise BadInput("Nobody in the workspace is called {name}. " + BY_ID, name=name or "nothing")
    return people


def _asked(program: Program, who: str, question: Callable[[Slack], Awaitable[T]]) -> T:
    try:
        return asyncio.run(_answer(program, question))
    except (SlackRefused, SlackBusy, SlackUnreachable) as error:
        raise BadInput("Slack could not say who {who} is: {why}.", who=who, why=str(error)) from error


async def _answer(program: Program, question: Callable[[Slack], Awaitable[T]]) -> T:
    address = settings.load_database(program.environment).slack_api_url
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        return await question(Slack(session, _token(program), address))


def _token(program: Program) -> str:
    return program.environment.get(TOKEN, "").strip()
