"""The GitHub issue of an incident: opened once, commented as things happen, closed when it is over."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.core.production.story import Told
from bot.core.times import CLOCKS_DIFFER
from bot.effects.means import GivenUp, Means
from bot.effects.production.github import GitHub
from bot.services.production import incidents
from bot.services.production.incidents import Sight
from bot.slack.production import issue as views
from bot.store import posts

REFUSED = (401, 404, 410)  # a wrong token, no such repository, issues switched off: trying again changes nothing
COMMENTED = frozenset(
    {Told.SPREAD, Told.EASED, Told.GONE, Told.ACKNOWLEDGED, Told.CLOSED}
)  # reminders are for the channel


async def pay_issue(means: Means, key: str) -> None:
    """Bring an incident's issue up to date. `key`: channel/incident."""
    if means.github is None:
        return
    from gidgethub import BadRequest, GitHubException

    channel, number = key.split("/")
    sight = await means.door.call(incidents.read, channel, int(number), means.clock())
    try:
        await _keep_up(means, means.github, sight)
    except BadRequest as refused:
        if refused.status_code in REFUSED:
            raise GivenUp(f"GitHub says {int(refused.status_code)}: {refused}") from refused
        raise
    except GitHubException as error:
        raise ConnectionError(f"GitHub: {error or type(error).__name__}") from error


async def _keep_up(means: Means, github: GitHub, sight: Sight) -> None:
    incident = sight.incident
    mark = views.mark(sight)
    issue = await _once(means, github, mark, partial(github.find, mark), partial(github.open, *views.opening(sight)))
    for entry in sight.entries:
        if entry.note.told in COMMENTED:
            own = views.mark(sight, entry.number)
            find = partial(github.find_comment, issue, own)
            await _once(means, github, own, find, partial(github.comment, issue, views.comment(sight, entry)))
    if incident.closed:
        await github.close(issue, "not_planned" if incident.gone else "completed")


async def _once(
    means: Means,
    github: GitHub,
    mark: str,
    find: Callable[[datetime], Awaitable[int | None]],
    make: Callable[[], Awaitable[int]],
) -> int:
    """Make what bears a mark, unless it was made: the intent is written down first, and after a crash it is sought."""
    intent = await means.door.write(posts.intend, mark, github.repository, means.clock())
    if intent.ts:
        return int(intent.ts)
    number = None if intent.is_new else await find(min(intent.intent_at, means.clock()) - CLOCKS_DIFFER)
    if number is None:
        number = await make()
    await means.door.write(posts.landed, mark, str(number), means.clock())
    return number
