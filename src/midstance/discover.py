"""Find the objects that a package's modules define: the only framework midstance has."""

from __future__ import annotations

from importlib import import_module
from itertools import chain
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from types import ModuleType


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Kebab-case name, unique among its kind."""


T = TypeVar("T", bound=Identified)


def discover(package: ModuleType, kind: type[T]) -> tuple[T, ...]:
    """Collect the objects of one kind that a package's modules define, ordered by id.

    Args:
        package: An imported package; all its modules are imported.
        kind: Class whose instances are wanted.
    Returns: The objects, sorted by ``id``; two modules that import the same object yield it once.
    """
    names = [m.name for m in walk_packages(package.__path__, f"{package.__name__}.")]
    values = chain.from_iterable(vars(import_module(name)).values() for name in names)
    found = {value.id: value for value in values if isinstance(value, kind)}
    return tuple(found[key] for key in sorted(found))
