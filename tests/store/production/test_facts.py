"""Which prod facts are watched: registered before anybody looked at them, and asked for by channel."""

from bot.core.production.judgement import Known, Standing
from bot.core.production.readings import Health
from bot.store.database import Database
from bot.store.production import facts
from bot.store.production.facts import Place

RED = Standing(Health.RED)


def test_a_fact_is_watched_from_its_registration_on_the_boards_that_it_is_for(db: Database) -> None:
    with db.begin() as tx:
        assert not facts.are_watched(tx, "C1", "C2")
        facts.watch(tx, "Shop", Place(0, ("C1",)))
        assert [facts.are_watched(tx, channel) for channel in ("C1", "C2")] == [True, False]
        assert facts.are_watched(tx, "C2", "C1")
        assert not facts.are_watched(tx)
        facts.watch(tx, "Search", Place(1))
        assert facts.are_watched(tx, "C2")
        facts.drop_others(tx, ())
        assert not facts.are_watched(tx, "C1")


def test_what_is_known_stays_when_a_fact_is_registered_again(db: Database) -> None:
    with db.begin() as tx:
        facts.keep(tx, Known("Shop", RED), Place(0))
        facts.keep(tx, Known("Page", RED, part_of="Shop"), Place(1))
        facts.watch(tx, "Shop", Place(5, ("C1",)))
        assert {name: one.standing for name, one in facts.known(tx, "C1").items()} == {"Shop": RED, "Page": RED}
        assert facts.known(tx, "C2") == {}


def test_a_fact_with_the_name_of_what_was_a_line_begins_anew(db: Database) -> None:
    with db.begin() as tx:
        facts.keep(tx, Known("Page", RED, part_of="Shop"), Place(1))
        assert not facts.are_watched(tx, "C1")
        facts.watch(tx, "Page", Place(0))
        assert facts.known(tx)["Page"] == Known("Page", Standing())
