"""Strict reading of one TOML record: every key is asked for, every fault is kept with its place.

What a record means stands in ``load``; nothing here knows exercises or sources.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from enum import StrEnum

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a record.

    Attributes:
        file: Name of the file.
        key: Dotted key, ``dose.low``; empty when the whole file is meant.
        wrong: What is wrong, read after the key.
        right: What would be right, as an order to the writer.
    """

    file: str
    key: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place} {self.wrong}; {self.right}"


class CatalogueError(ValueError):
    """Records that cannot be used, with every fault of every file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def nearest(word: str, among: Collection[str]) -> str:
    """Say which known word was probably meant, else list all known words.

    >>> nearest("regoins", ("cues", "regions"))
    'did you mean "regions"?'
    >>> nearest("x", ("cues", "regions"))
    'write one of cues, regions'
    """
    close = get_close_matches(word, among, n=1)
    return f'did you mean "{close[0]}"?' if close else f"write one of {', '.join(among)}"


class Table:
    """One table of a record, read key by key; faults gather in a list that all tables of the record share.

    After a fault a reader gives a harmless value of the right kind, so that reading goes on and finds the rest;
    ``sound`` tells whether values may be compared with each other.
    """

    def __init__(self, values: Mapping[str, object], file: str, prefix: str = "", faults: list[Fault] | None = None):
        self.faults: list[Fault] = [] if faults is None else faults
        self._values, self._file, self._prefix = values, file, prefix
        self._asked: dict[str, bool] = {}

    @classmethod
    def of_text(cls, text: str, file: str) -> Table:
        """Read TOML text; raises CatalogueError where it is no TOML at all."""
        try:
            return cls(tomllib.loads(text), file)
        except tomllib.TOMLDecodeError as error:
            raise CatalogueError([Fault(file, "", f"is no TOML: {error}", "mend the line named")]) from error

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fault(self, key: str, wrong: str, right: str) -> None:
        """Note a fault of a key, dotted inside a mapping; the key's value no longer counts as sound."""
        self._asked[key.partition(".")[0]] = False
        self.faults.append(Fault(self._file, self._prefix + key, wrong, right))

    def sound(self, *keys: str) -> bool:
        """Tell whether these keys were read without a fault."""
        return all(self._asked.get(key, False) for key in keys)

    def finish(self) -> None:
        """Note the keys nobody asked for, each with the nearest known one."""
        known = tuple(self._asked)
        for key in sorted(set(self._values) - set(known)):
            self.fault(key, "is no known key", nearest(key, known))

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text; without a default it must be there and say something."""
        value = self._of(key, str, "a text in quotes", default, "")
        if default is None and self.sound(key) and not value.strip():
            self.fault(key, "is empty", "write a text")
        return value.strip()

    def link(self, key: str) -> str | None:
        """Read the id of another record, or None where the key is absent."""
        return self.text(key) if key in self else self._absent(key, None)

    def flag(self, key: str) -> bool:
        """Read true or false; absent is false."""
        return self._of(key, bool, "true or false", default=False, blank=False)

    def whole(self, key: str, between: tuple[int, int], default: int | None = None) -> int:
        """Read a whole number inside bounds, both included."""
        low, high = between
        value = self._of(key, int, f"a whole number from {low} to {high}", default, low)
        if self.sound(key) and not low <= value <= high:
            self.fault(key, f"is {value}", f"write a whole number from {low} to {high}")
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Read one member of an enumeration."""
        known = tuple(member.value for member in kind)
        return kind(self.word(key, known, None if default is None else default.value))

    def word(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """Read one word of a known list."""
        value = self._of(key, str, f"one of {', '.join(known)}", default, known[0])
        if value == default or self._known(key, value, known):
            return value
        return known[0]

    def words(
        self, key: str, known: tuple[str, ...] = (), *, needed: bool = False, twins: bool = False,
    ) -> tuple[str, ...]:
        """Read a list of words, different ones unless ``twins``; ``known`` empty allows any; absent is empty."""
        values = self._of(key, list, "a list of texts", None if needed else [], [])
        if needed and self.sound(key) and not values:
            self.fault(key, "is empty", "name at least one")
        return self._checked_words(key, values, known, twins=twins)

    def groups(self, key: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Read a list of lists of words."""
        values = self._of(key, list, "a list of lists of texts", [], [])
        if not all(isinstance(group, list) and group for group in values):
            self.fault(key, f"is {values}", 'write a list of lists, for example [["step", "box"]]')
            return ()
        return tuple(self._checked_words(key, group, known) for group in values)

    def numbers(self, key: str, known: tuple[str, ...], most: float) -> dict[str, float]:
        """Read a mapping of known words to numbers above 0 and up to ``most``, in the order written."""
        found: dict[str, float] = {}
        for word, value in self._mapping(key, known).items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
                self.fault(f"{key}.{word}", f"is {value!r}", f"write a number above 0 and up to {most:g}")
            else:
                found[word] = float(value)
        return found

    def counts(self, key: str, known: tuple[str, ...], between: tuple[int, int]) -> dict[str, int]:
        """Read a mapping of known words to whole numbers inside bounds."""
        low, high = between
        found: dict[str, int] = {}
        for word, value in self._mapping(key, known).items():
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                self.fault(f"{key}.{word}", f"is {value!r}", f"write a whole number from {low} to {high}")
            else:
                found[word] = value
        return found

    def ranges(self, key: str, known: tuple[str, ...], between: tuple[int, int]) -> dict[str, tuple[int, int]]:
        """Read a mapping of known words to ranges [low, high] of whole numbers inside bounds."""
        low, high = between
        found: dict[str, tuple[int, int]] = {}
        for word, value in self._mapping(key, known).items():
            pair = [number for number in value if type(number) is int] if isinstance(value, list) else []
            if len(pair) == 2 and pair == value and low <= pair[0] <= pair[1] <= high:
                found[word] = (pair[0], pair[1])
            else:
                self.fault(f"{key}.{word}", f"is {value!r}", f"write [low, high] inside {low} to {high}")
        return found

    def table(self, key: str, *, needed: bool = False) -> Table:
        """Open a table inside this one; absent is empty unless needed."""
        return Table(self._of(key, dict, "a table", None if needed else {}, {}), self._file, f"{self._prefix}{key}.",
                     self.faults)

    def raw(self, key: str) -> object:
        """Take a value as it is written, for readers that check more than its kind; None where absent."""
        self._asked[key] = True
        return self._values.get(key)

    def tables(self, key: str, *, needed: bool = False) -> list[Table]:
        """Open a list of tables; absent is empty unless needed."""
        values = self._of(key, list, "a list of tables", None if needed else [], [])
        if not all(isinstance(value, dict) for value in values):
            self.fault(key, f"is {values}", "write a list of tables")
            return []
        return [Table(value, self._file, f"{self._prefix}{key}[{place}].", self.faults)
                for place, value in enumerate(values)]

    def _of(self, key: str, kind: type[T], right: str, default: T | None, blank: T) -> T:
        self._asked[key] = True
        if key not in self._values:
            if default is not None:
                return default
            self.fault(key, "is missing", f"write {right}")
            return blank
        value = self._values[key]
        if isinstance(value, kind) and isinstance(value, bool) is (kind is bool):
            return value
        self.fault(key, f"is {value!r}", f"write {right}")
        return blank

    def _absent(self, key: str, value: T) -> T:
        self._asked[key] = True
        return value

    def _known(self, key: str, word: str, known: tuple[str, ...]) -> bool:
        if word in known:
            return True
        self.fault(key, f'is "{word}"', nearest(word, known))
        return False

    def _checked_words(
        self, key: str, values: list[object], known: tuple[str, ...], *, twins: bool = False,
    ) -> tuple[str, ...]:
        found: list[str] = []
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.fault(key, f"holds {value!r}", "write texts only")
            elif value in found and not twins:
                self.fault(key, f'holds "{value}" twice', "write it once")
            elif not known or self._known(key, value, known):
                found.append(value)
        return tuple(found)

    def _mapping(self, key: str, known: tuple[str, ...]) -> dict[str, object]:
        values = self._of(key, dict, "a table of words and values", {}, {})
        for word in values:
            if word not in known:
                self.fault(f"{key}.{word}", "is no known key", nearest(word, known))
        return {word: value for word, value in values.items() if word in known}
