"""A GitHub issue for an incident: opened once whatever breaks, commented, and closed when it is over."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.core.production.readings import Health, Reading
from bot.effects.heartbeat import tick
from bot.effects.production.issue import pay_issue
from bot.services.production import incidents
from bot.store.outbox import Owed
from tests.effects.github_site import GitHubSite, github_site
from tests.effects.ledger import dead, owed
from tests.effects.production.test_incidents import incident, look, thread
from tests.effects.stage import GREEN, Works

Another = Callable[[], Works]
RED = Reading("Shop", "script", Health.RED, "`Organic` is missing, says @channel")


@pytest.fixture
async def site(works: Works) -> AsyncIterator[GitHubSite]:
    async with github_site() as (made, github):
        works.means = replace(works.means, github=github)
        yield made


async def test_it_is_opened_once_for_one_cause_commented_and_closed(works: Works, site: GitHubSite) -> None:
    await look(works, GREEN)
    await look(works, RED)
    await look(works, RED)
    [issue] = site.issues  # two boards show it, and it is one cause
    assert issue["title"] == "Production is red: Shop"
    assert "- `Shop`: `'Organic' is missing, says @channel`" in issue["body"]  # in code nobody is mentioned
    number = int(incident(works).key.rpartition("/")[2])
    incidents.acknowledge(works.db, works.alice, number)
    works.clock.forward(minutes=20)
    await look(works, GREEN)
    await look(works, GREEN)
    assert issue["state"] == "closed"
    said = [comment["body"].split("\n")[0] for comment in site.comments]
    assert said == ["`Alice` is on it.", "All of it is green again since 2026-03-02 09:20 UTC, after 20 min."]
    assert (owed(works.db), dead(works.db)) == ([], [])
    assert issue["state_reason"] == "completed"


async def test_it_is_closed_as_not_planned_when_its_fact_is_no_longer_watched(works: Works, site: GitHubSite) -> None:
    await look(works, RED)
    works.file.listed = ()
    await tick(works.means)
    await works.pay()
    [issue] = site.issues
    assert (issue["state"], issue["state_reason"]) == ("closed", "not_planned")
    said = [comment["body"].split("\n")[0] for comment in site.comments]
    assert said == [
        "No longer watched:",
        "This is over since 2026-03-02 09:00 UTC, after 0 min: nothing of it that is still watched is red.",
    ]


async def test_it_is_not_opened_again_when_a_clock_that_was_ahead_is_set_right(works: Works, site: GitHubSite) -> None:
    works.clock.forward(days=400)
    await look(works, RED)
    works.clock.forward(days=-400)
    await tick(works.means)
    works.clock.forward(hours=1)
    await tick(works.means)
    await works.pay()
    assert "Still red, 1 h." in "\n".join(thread(works))
    assert len(site.issues) == 1


async def test_after_an_answer_that_was_lost_it_is_found_and_not_opened_again(works: Works, site: GitHubSite) -> None:
    site.breaks_after = 1
    await look(works, RED)
    assert owed(works.db, Owed.ISSUE)
    works.clock.forward(seconds=2)
    await works.pay()
    assert (len(site.issues), owed(works.db)) == (1, [])
    site.breaks_after = 1
    number = int(incident(works).key.rpartition("/")[2])
    incidents.acknowledge(works.db, works.alice, number)
    await works.pay()
    works.clock.forward(seconds=2)
    await works.pay()
    assert len(site.comments) == 1


async def test_paid_again_and_again_it_stays_one(works: Works, site: GitHubSite, another: Another) -> None:
    await look(works, RED)
    key = incident(works).key.removeprefix("incident:")
    second = another()
    second.means = replace(second.means, github=works.means.github)
    for one in (works, second, works):
        await pay_issue(one.means, key)
    assert len(site.issues) == 1
    assert site.requests.count("POST /repos/me/shop/issues") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_what_github_refuses_for_good_is_given_up(works: Works, site: GitHubSite, status: int) -> None:
    site.status = status
    await look(works, RED)
    [(kind, why)] = dead(works.db)
    assert (kind, f"GitHub says {status}" in why) == ("issue", True)


async def test_without_github_nothing_is_asked(works: Works) -> None:
    await look(works, RED)
    assert (owed(works.db), dead(works.db)) == ([], [])
