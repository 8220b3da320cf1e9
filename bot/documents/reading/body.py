"""What stands under the head of an entry: labelled fields, criteria, and everything else as notes."""

import re
from collections.abc import Callable

from bot.core.board.model import Criterion, CriterionState
from bot.documents.days import when
from bot.documents.inline import CHECKBOX, LEADING_MARK, TRAILING_MARK, unescaped
from bot.documents.outline import Block, Kind, Outline, content_column, undented
from bot.documents.reading.bold import bold_words
from bot.documents.reading.entries import first_words
from bot.documents.vocabulary import OUTCOMES, Field, Label, label_of

EVIDENCE = re.compile(r"(?P<text>.+?) — evidence: (?P<evidence>.+)")
WAIVED = re.compile(r"~~(?P<text>.+)~~ — waived(?:: (?P<evidence>.+))?")
FITS: dict[Field, Callable[[str], object]] = {  # what a field takes; what it does not take is a note
    Field.TITLE: lambda value: False,
    Field.ASIDE: lambda value: False,
    Field.STARTED: when,
    Field.FINISHED: when,
    Field.SINCE: when,
    Field.BACK_ON: when,
    Field.OUTCOME: lambda value: value.casefold() in OUTCOMES,
    Field.LINKS: lambda value: all(" " not in link for link in value.split(", ")),
}


class Body:
    """Collects what the blocks under a head say. What no field takes is in `notes`, as written."""

    def __init__(self, document: Outline) -> None:
        self.values: dict[Field, str] = {}
        self.criteria: list[Criterion] = []
        self.notes: list[str] = []
        self._document = document
        self._dod_follows = False  # a bare `**DoD**:` stands above the next list

    def block(self, block: Block) -> None:
        """Read one block."""
        follows, self._dod_follows = self._dod_follows, False
        if block.kind is Kind.LIST:
            for item in block.inside:
                self._criterion(item) if follows else self._bullet(item)
        elif block.kind is Kind.ITEM:
            self._bullet(block)
        elif block.kind is Kind.PARAGRAPH:
            for line in self._verbatim(block):
                self.line(line)
        elif block.kind is Kind.HEADING and (label := label_of(f"{block.text}:")) and label.field is Field.DOD:
            self._dod_follows = True
        elif block.kind is not Kind.RULE:
            self.notes += self._verbatim(block)

    def line(self, line: str) -> None:
        """Read one line of a paragraph."""
        label = label_of(line) or label_of(f"{bold_words(line)}:")  # **DoD** is one, too
        self._dod_follows = bool(label and label.field is Field.DOD and not label.rest)
        if label and label.field is Field.DOD:
            self.notes += [line] if label.aside else []
            self.criteria += [criterion(label.rest)] if label.rest else []
        elif not (label and self._take(label.field, label.rest, label.aside)):
            self.notes.append(line)

    def _bullet(self, item: Block) -> None:
        content = self._content(item)
        label = label_of(content) or _bare_dod(item)
        if label and label.field is Field.DOD:
            self._dod(item, label)
        elif label and self._take(label.field, label.rest.strip(), label.aside):
            return
        elif CHECKBOX.match(first_words(item)):
            self._criterion(item)
        else:
            self.notes += self._verbatim(item)

    def _dod(self, item: Block, label: Label) -> None:
        """Take the criteria under a label; words beside the label are a criterion when no list follows."""
        lists = [block for block in item.inside if block.kind is Kind.LIST]
        beside = label_of(" ".join(first_words(item).split("\n")))
        if label.aside or (lists and beside and beside.rest):
            self.notes += self._verbatim(item.inside[0])
        elif beside and beside.rest:
            self.criteria.append(criterion(beside.rest))
        for block in item.inside[1:]:
            if block.kind is Kind.LIST:
                for each in block.inside:
                    self._criterion(each)
            else:
                self.notes += self._verbatim(block)

    def _criterion(self, item: Block) -> None:
        first, *more = first_words(item).split("\n")
        beside = next((at for at, line in enumerate(more) if label_of(line)), len(more))
        words = " ".join(line.strip() for line in (first, *more[:beside]))
        if words:
            self.criteria.append(criterion(words))
        for line in more[beside:]:  # `Status: half` right under a list that nobody set apart
            self.line(line)
        if not words or len(item.inside) > 1:
            self.notes += self._verbatim(item)

    def _take(self, field: Field, value: str, aside: str) -> bool:
        """Put a value into its field; False when it does not fit there."""
        taken = field in self.values and field is not Field.NOTES
        if aside or taken or not value or not FITS.get(field, bool)(value):
            return False
        if field is Field.NOTES:
            self.notes += value.split("\n")
        else:
            self.values[field] = value
        return True

    def _content(self, item: Block) -> str:
        """Return the text of a list item as written, without its marker and its indentation."""
        first, *rest = (self._document.line(number) for number in range(item.start, item.end))
        column = content_column(first)
        marker = first[: len(first) - len(first.lstrip())]
        words = first[len(marker) :].split(None, 1)
        return "\n".join([words[1] if len(words) > 1 else "", *(undented(line, column) for line in rest)]).rstrip()

    def _verbatim(self, block: Block) -> list[str]:
        """Return the lines of a block as written, without the indentation they share with its first."""
        lines = [self._document.line(number) for number in range(block.start, block.end)]
        first = lines[0].expandtabs(4)
        column = len(first) - len(first.lstrip())
        return [undented(line, column).rstrip() for line in lines]


def _bare_dod(item: Block) -> Label | None:
    """Return the label of a bullet that says `DoD` without a colon, and has a list under it."""
    listed = any(block.kind is Kind.LIST for block in item.inside)
    label = label_of(f"{first_words(item).strip('*_ ')}:") if listed else None
    return label if label and label.field is Field.DOD and not label.rest else None


def criterion(text: str) -> Criterion:
    """Read one criterion: open, unless ticked (`[x]`, ✅) or struck with a reason (`~~x~~ — waived: y`)."""
    text = text.strip()
    waived = WAIVED.fullmatch(text)
    if waived:
        return Criterion(unescaped(waived["text"]), CriterionState.WAIVED, unescaped(waived["evidence"] or ""))
    box, mark = CHECKBOX.match(text), LEADING_MARK.match(text)
    if box:
        ticked, text = box["tick"] != " ", text[box.end() :]
    else:
        text = text[mark.end() :] if mark and mark["done"] else text
        unmarked = TRAILING_MARK.sub("", text).rstrip()
        ticked = bool(mark and mark["done"]) or unmarked != text
        text = unmarked
    evidence = EVIDENCE.fullmatch(text) if ticked else None
    if evidence:
        return Criterion(unescaped(evidence["text"]), CriterionState.MET, unescaped(evidence["evidence"]))
    return Criterion(unescaped(text), CriterionState.MET if ticked else CriterionState.OPEN)
