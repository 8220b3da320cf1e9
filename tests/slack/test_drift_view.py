"""The difference that a notice of drift shows."""

from bot.slack.documents.notice import difference


def test_lines_that_begin_with_dashes_are_shown() -> None:
    assert difference("a\n---\nb\n", "a\n++ c\nb\n") == ["- ---", "+ ++ c"]


def test_equal_texts_differ_in_nothing() -> None:
    assert difference("a\n", "a\n") == []
