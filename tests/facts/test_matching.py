"""What an answer says, whatever it is written in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.web.matching import decoded, found_at, holds, same


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("10 results", "0 results", False),
        ("0 results", "0 results", True),
        ("Found 0 results.", "0 results", True),
        (">0 results<", "0 results", True),
        ("2.0 results", "0 results", False),
        ("1,000 results", "000 results", False),
        ("10 results, 0 results", "0 results", True),
        ("costs 0", "costs 0", True),
        ("costs 0.50", "costs 0", False),
        ("Organically", "Organic", False),
        ("Οργανικό", "Οργανικ", False),
        ("see (Organic)", "(Organic)", True),
        ("only €5", "€5", True),
        ("only €50", "€5", False),
    ],
)
def test_whole_words(text: str, wanted: str, found: bool) -> None:
    assert holds(text, wanted, whole_words=True) is found


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Βιο".encode(), None, "Βιο"),
        ("Βιο".encode(), "iso-8859-1", "Βιο"),
        ("Βιο".encode("windows-1253"), "windows-1253", "Βιο"),
        ("Βιο".encode("windows-1253"), "utf-8", "���"),
        ("Βιο".encode(), "x-klingon", "Βιο"),
        ("Βιο".encode("utf-16"), "utf-16", "Βιο"),
        ("\ufeffΒιο".encode(), None, "Βιο"),
        (b"a\x00b", None, "a\x00b"),
        (b"text", "base64", "text"),
    ],
)
def test_charsets(body: bytes, charset: str | None, text: str) -> None:
    assert decoded(body, charset) == text


def test_a_text_that_was_cut_within_a_character() -> None:
    assert decoded("Βιο".encode()[:-1], "iso-8859-1", cut=True) == "Βι"


@given(
    st.binary(), st.none() | st.text() | st.sampled_from(["utf-16", "rot13", "idna", "punycode", "hex", "undefined"])
)
def test_nothing_is_undecodable(body: bytes, charset: str | None) -> None:
    assert isinstance(decoded(body, charset), str)


DOCUMENT = {"status": "ok", "data": {"items": [{"name": "Oil"}, {"name": "Honey"}]}, "0": "zero"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status", "ok"),
        ("$.status", "ok"),
        ("data.items[0].name", "Oil"),
        ("data.items.1.name", "Honey"),
        ("data.items[-1].name", "Honey"),
        ("0", "zero"),
    ],
)
def test_paths(path: str, value: str) -> None:
    assert found_at(DOCUMENT, path) == value


def test_a_whole_list_as_document() -> None:
    assert found_at([{"id": 7}], "[0].id") == 7
    assert found_at([{"id": 7}], "$[0].id") == 7


@pytest.mark.parametrize("path", ["nothing", "status.length", "data.items[2]", "data.items.name", "data[0]"])
def test_paths_that_lead_nowhere(path: str) -> None:
    with pytest.raises(LookupError):
        found_at(DOCUMENT, path)


@pytest.mark.parametrize(
    ("expected", "actual", "are_same"),
    [(1, 1.0, True), (True, 1, False), (0, False, False), ("1", 1, False), ([1, 2], [1, 2], True), ("", None, False)],
)
def test_values(expected: Any, actual: Any, are_same: bool) -> None:
    assert same(expected, json.loads(json.dumps(actual))) is are_same
