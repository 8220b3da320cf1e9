"""What must never be kept of a program's output, and what must not be taken for it."""

import pytest

from bot.facts.masking import MASK, mask, one_line, plain, secret_values


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("sent xoxb-1234567890-abcDEF to Slack", f"sent {MASK} to Slack"),
        ("xapp-1-A0123-456-abc", MASK),
        ("ghp_0123456789abcdefABCD", MASK),
        ("github_pat_11ABCDEFG0123456789_x", MASK),
        ("AKIAIOSFODNN7EXAMPLE", MASK),
        ("sk_live_0123456789abcdef", MASK),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", MASK),
        ("Authorization: Bearer abc.def-ghi", f"Authorization: Bearer {MASK}"),
        ("basic dXNlcjpwYXNzMQ==", f"basic {MASK}"),
        ("postgresql://shop:hunter2@db/shop", f"postgresql://shop:{MASK}@db/shop"),
        ("GET /cart?api_key=abc123&page=2", f"GET /cart?api_key={MASK}&page=2"),
        ("DB_PASSWORD='hunter2' set", f"DB_PASSWORD='{MASK}' set"),
        ("client_secret = hunter2: refused", f"client_secret = {MASK}: refused"),
        ('{"access_token": "abc def", "n": 1}', f'{{"access_token": "{MASK}", "n": 1}}'),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Token refresh: 200",
        "Basic checks: 200",
        "Bearer token missing",
        "Password page: 200 (expected 401)",
        "https://shop.example:443/login: 200",
        "task-123456789012345678",
        "page=2",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert mask(text) == text


def test_the_values_of_the_bots_own_secrets_are_masked() -> None:
    secrets = secret_values({"SHOP_TOKEN": "correct horse", "STRIPE_KEY": "correct horse battery", "PORT": "12345678"})
    assert mask("correct horse battery, correct horse, 12345678", secrets) == f"{MASK}, {MASK}, 12345678"


def test_a_short_value_is_no_secret() -> None:
    assert secret_values({"SHOP_TOKEN": "on"}) == ()


def test_colours_and_unseen_characters_go() -> None:
    assert plain("\x1b[1;31mred\x1b[0m \x1b]0;title\x07a\x00b\u202ec\u200bd") == "red abcd"


def test_one_line_folds_and_trims() -> None:
    assert one_line(" a\n\tb  c ", 10) == "a b c"
    assert one_line("abcdefghij", 5) == "abcd…"
