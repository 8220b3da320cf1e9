"""What Slack takes and refuses: the tables by example, and the way they are read by properties."""

import copy
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox import rules
from bot.sandbox.rules import ROOTS, Surface
from bot.sandbox.rules.blocks import EVERY_BLOCK
from bot.sandbox.rules.shape import Items, Kinds, OrNull, Rule, Shape, Text
from tests.growth import LIMIT, growth
from tests.sandbox.bad_payloads import BAD
from tests.sandbox.good_payloads import GOOD
from tests.sandbox.payloads import button, confirm, section

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
SURFACES: tuple[Surface, ...] = ("blocks", "modal", "home")


@pytest.mark.parametrize("name", GOOD)
def test_good_payloads_are_taken(name: str) -> None:
    kind, payload = GOOD[name]
    assert rules.check(kind, payload) == []


@pytest.mark.parametrize(("kind", "payload", "message"), BAD, ids=[message for *_, message in BAD])
def test_bad_payloads_are_refused_where_they_are_wrong(kind: Surface, payload: Any, message: str) -> None:
    assert rules.check(kind, payload) == [message]


def test_every_mistake_is_named_at_once() -> None:
    messages = rules.check("blocks", [{"type": "section"}, {"type": "header", "colour": "red"}])
    assert messages == [
        "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
        "missing required field: text [json-pointer:/blocks/1]",
        "invalid additional property: colour [json-pointer:/blocks/1]",
    ]


def test_a_number_beyond_all_floats_is_still_a_number() -> None:
    huge = {"type": "raw_number", "value": 10**400}
    assert rules.check("blocks", [{"type": "table", "rows": [[huge]]}]) == []


@pytest.mark.parametrize("kind", sorted(EVERY_BLOCK.keys() - {"file"}))
def test_every_block_has_a_good_example(kind: str) -> None:
    assert any(f'"type": "{kind}"' in json.dumps(payload) for _, payload in GOOD.values())


def _sites(rule: Rule, value: Any, at: str) -> Iterator[tuple[Shape, str]]:
    """Every object of a good payload: its row of the table, and the JSON pointer to it."""
    if isinstance(rule, Shape):
        yield rule, at
        for name, field in rule.known.items():
            if name in value:
                yield from _sites(field, value[name], f"{at}/{name}")
    elif isinstance(rule, Kinds):
        yield from _sites(rule.shapes[value["type"]], value, at)
    elif isinstance(rule, Items):
        for place, item in enumerate(value):
            yield from _sites(rule.each, item, f"{at}/{place}")
    elif isinstance(rule, OrNull) and value is not None:
        yield from _sites(rule.rule, value, at)


SITES = [
    (name, shape, at)
    for name, (kind, payload) in GOOD.items()
    for shape, at in _sites(ROOTS[kind][0], payload, ROOTS[kind][1])
]
REQUIRED = [(name, at, field) for name, shape, at in SITES for field in shape.needs]
LIMITED = [
    (name, at, field, rule.most)
    for name, shape, at in SITES
    for field, rule in shape.known.items()
    if isinstance(rule, Text) and rule.most is not None
]


def _copy(name: str) -> tuple[Surface, Any]:
    kind, payload = GOOD[name]
    return kind, json.loads(json.dumps(payload))  # no part of it shared, unlike in the tables


def _find(payload: Any, kind: Surface, at: str) -> Any:
    root = ROOTS[kind][1]
    for step in at.removeprefix(root).split("/")[1:]:
        payload = payload[int(step)] if isinstance(payload, list) else payload[step]
    return payload


@given(st.sampled_from(REQUIRED))
def test_without_a_required_field_it_is_refused_there(site: tuple[str, str, str]) -> None:
    name, at, field = site
    kind, payload = _copy(name)
    del _find(payload, kind, at)[field]
    assert f"missing required field: {field} [json-pointer:{at}]" in rules.check(kind, payload)


@given(st.sampled_from(LIMITED), st.integers(1, 50))
def test_too_long_a_text_is_refused_there(site: tuple[str, str, str, int], more: int) -> None:
    name, at, field, most = site
    kind, payload = _copy(name)
    _find(payload, kind, at)[field] = "x" * (most + more)
    assert f"must be less than {most + 1} characters [json-pointer:{at}/{field}]" in rules.check(kind, payload)


@given(st.sampled_from(SITES), st.text(), ANY_JSON)
def test_an_unknown_property_is_refused_there(site: tuple[str, Shape, str], extra: str, value: Any) -> None:
    name, shape, at = site
    if extra in shape.known or extra == "type":
        extra += "?"
    kind, payload = _copy(name)
    _find(payload, kind, at)[extra] = value
    assert f"invalid additional property: {extra} [json-pointer:{at}]" in rules.check(kind, payload)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_block_id_used_twice_is_refused_there(name: str, data: st.DataObject) -> None:
    kind, payload = _copy(name)
    root = ROOTS[kind][1] if kind == "blocks" else "/view/blocks"
    blocks = payload if kind == "blocks" else payload["blocks"]
    blocks[:] = [{"type": "divider"}, *blocks[:48], {"type": "divider"}]
    first, second = sorted(data.draw(st.lists(st.integers(0, len(blocks) - 1), min_size=2, max_size=2, unique=True)))
    blocks[first]["block_id"] = blocks[second]["block_id"] = "twice"
    expected = f'`block_id` "twice" already exists [json-pointer:{root}/{second}/block_id]'
    assert rules.check(kind, payload) == [expected]


@given(st.sampled_from(SURFACES), ANY_JSON)
def test_no_json_at_all_makes_it_fall(kind: Surface, payload: Any) -> None:
    assert all("[json-pointer:/" in message for message in rules.check(kind, payload))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SITES), st.data())
def test_no_json_in_a_good_payload_makes_it_fall(site: tuple[str, Shape, str], data: st.DataObject) -> None:
    name, shape, at = site
    kind, payload = _copy(name)
    field = data.draw(st.sampled_from(["type", *shape.known]))
    _find(payload, kind, at)[field] = data.draw(ANY_JSON)
    for surface in SURFACES:
        assert all("[json-pointer:/" in message for message in rules.check(surface, payload))


def test_checking_leaves_the_payload_as_it_was() -> None:
    for kind, payload in GOOD.values():
        before = copy.deepcopy(payload)
        rules.check(kind, payload)
        assert payload == before


def test_twice_as_many_blocks_take_no_longer_than_twice_the_time() -> None:
    def checking(count: int) -> Callable[[], object]:
        blocks = [section(accessory=button(confirm=confirm()), block_id=f"{n}") for n in range(count)]
        assert rules.check("blocks", blocks) == []
        return partial(rules.check, "blocks", blocks)

    assert growth(checking, 25) < LIMIT
