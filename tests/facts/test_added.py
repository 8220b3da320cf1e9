"""Facts that people add from Slack."""

from typing import Any

import pytest

from bot.errors import BadInput
from bot.facts.factsfile import added


def test_an_address_is_enough() -> None:
    fact = added({"url": "https://shop.example/products/?page=2"})
    assert (fact.name, fact.kind, fact.allow_private) == ("shop.example/products", "http", False)


def test_a_password_in_the_address_is_no_name() -> None:
    assert added({"url": "https://bob:secret@shop.example/"}).name == "shop.example"


def test_what_it_must_say() -> None:
    fact = added({"url": "https://shop.example/", "name": "Shop", "contains": "Organic", "json": {"a.b": 1}})
    assert (fact.name, fact.contains, fact.paths) == ("Shop", ("Organic",), {"a.b": 1})


@pytest.mark.parametrize(
    ("keys", "field", "words"),
    [
        ({}, "url", "url: is missing."),
        ({"url": "shop.example"}, "url", "url: should be an address like https://shop.example/products."),
        ({"url": "https://shop.example", "status": 42}, "status", "status.0: should be"),
        ({"url": "http://localhost/"}, "url", "localhost is inside this server's own network."),
        ({"url": "http://2130706433/"}, "url", "2130706433 is inside this server's own network."),
        ({"url": "http://[::ffff:10.0.0.1]/"}, "url", "is inside this server's own network."),
        ({"url": "https://a.example", "allow_private": True}, "allow_private", "can only be set in the server's file."),
        ({"url": "https://shop.example", "regex": "(a+)+$"}, "regex", "can only be set in the server's file."),
        ({"url": "https://shop.example", "kind": "script"}, "kind", "can only be set in the server's file."),
        ({"url": "https://shop.example", "method": "POST"}, "method", "can only be set in the server's file."),
    ],
)
def test_what_is_refused(keys: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        added(keys)
    assert words in caught.value.say()
    assert caught.value.field == field
