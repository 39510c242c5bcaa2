"""Frozen dataclasses that cost little to declare: `from viewer.frozen import dataclass`.

For each frozen class `dataclasses` writes six functions as text and compiles them at every start: half a
millisecond a class, and a window needs more than a hundred of them. Here only `__init__` is written, and not
before there is an instance to be made; comparing, hashing, showing, keeping and refusing changes take the
fields from a list. A class behaves as the one that `dataclasses` makes, and its `fields`, `replace` and `asdict`
know it. There is no `__post_init__`.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, **options: bool) -> Any:
        """Make a class a dataclass; the options are those of `dataclasses.dataclass`."""
        make = _frozen if frozen else dataclasses.dataclass
        return make(cls, **options) if cls is not None else lambda cls: make(cls, **options)


__all__ = ["dataclass"]

_set = object.__setattr__


def _frozen(cls: type, *, eq: bool = True, slots: bool = False, kw_only: bool = False) -> type:
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    parts: dict[str, Any] = {"__init__": _first_init(made, fields), "__repr__": _repr}
    if eq:
        parts["__eq__"], parts["__hash__"] = _comparing(tuple(part.name for part in fields if part.compare))
    if slots:  # else the instance's own dictionary is kept, as of any object
        parts["__getstate__"], parts["__setstate__"] = _getstate, _setstate
    for name, part in parts.items():
        if vars(cls).get(name) is None:
            setattr(made, name, part)
    made.__setattr__, made.__delattr__ = _refuse_set, _refuse_delete  # type: ignore[assignment]
    return made


def _first_init(made: Any, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """Return what stands in for `__init__` until the first instance is made; at a start most classes have none."""

    def init(self: object, *values: object, **named: object) -> None:
        made.__init__ = _init(made, fields)
        made.__init__(self, *values, **named)

    return init


def _init(made: type, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """Write the function that takes the values of the fields, in their order."""
    known: dict[str, Any] = {"_set": _set, "_none": dataclasses.MISSING}
    taken: list[str] = []
    named: list[str] = []
    lines = ["pass"]
    for part in fields:
        name = value = part.name
        if part.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = part.default_factory
            value = f"_make_{name}() if {name} is _none else {name}"
            default = "=_none"
        elif part.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = part.default
            default = f"=_default_{name}"
        else:
            default = ""
        (named if part.kw_only else taken).append(name + default)
        lines.append(f"_set(self, {name!r}, {value})")
    parameters = ", ".join(["self", *taken, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n " + "\n ".join(lines), known)  # as `dataclasses` does
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__module__ = made.__module__
    return init


def _comparing(names: tuple[str, ...]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """Return the functions that compare and hash by the fields of some names."""
    taken = attrgetter(*names) if len(names) > 1 else None

    def values(of: object) -> object:
        return tuple(getattr(of, name) for name in names)

    of = taken or values

    def equals(self: object, other: object) -> bool:
        return of(self) == of(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(of(self))

    return equals, hashed


def _repr(self: Any) -> str:
    shown = (f"{part.name}={getattr(self, part.name)!r}" for part in dataclasses.fields(self) if part.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, part.name) for part in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for part, value in zip(dataclasses.fields(self), state, strict=True):
        _set(self, part.name, value)


def _refuse_set(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
