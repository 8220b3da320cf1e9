"""The heading of a lane that a document lacks, in the form of those it has."""

from bot.documents.reading.bold import BOLD, PLAIN
from bot.documents.reading.survey import Survey


def heading(survey: Survey, words: str) -> list[str]:
    """Return the lines of a heading with these words: `## words`, words over dashes, `**words**` or `words:`."""
    zone = next(zone for zone in survey.zones if zone.lane is not None)
    line = survey.document.line(zone.start)
    if zone.body > zone.start + 1:
        return [words, survey.document.line(zone.body - 1).strip()[0] * len(words)]
    if bold := BOLD.fullmatch(line):
        return [f"{bold[1]}{words}{bold[1]}"]
    return [f"{words}:"] if is_plain(line) else [f"{'#' * zone.level} {words}"]


def is_marked(survey: Survey) -> bool:
    """Return whether its headings have the marks that Markdown has for them; others have no levels."""
    zone = next(zone for zone in survey.zones if zone.lane is not None)
    line = survey.document.line(zone.start)
    return zone.body > zone.start + 1 or not (BOLD.fullmatch(line) or is_plain(line))


def is_plain(line: str) -> bool:
    """Return whether a heading is mere words; one in bold is not."""
    return bool(PLAIN.fullmatch(line)) and not line.lstrip().startswith("#")
