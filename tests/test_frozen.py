"""A frozen class made by `viewer.frozen` behaves as the one that `dataclasses` makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.frozen import dataclass as ours


class _Declared:
    """The same fields for both."""

    name: str
    count: int = 3
    tags: list[int] = field(default_factory=list)
    row: int = field(default=0, compare=False)


def _made(make, **options):
    parts = {**vars(_Declared), "__qualname__": "Thing"}
    parts.pop("__dict__")
    parts.pop("__weakref__")
    fields = {
        name: copy.copy(value) if isinstance(value, dataclasses.Field) else value
        for name, value in parts.items()
    }
    return make(frozen=True, **options)(type("Thing", (), fields))


FORMS = [{"slots": True}, {"slots": True, "kw_only": True}, {"slots": True, "eq": False}, {}, {"eq": False}]
VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=2)},
    optional={
        "count": st.integers(0, 2),
        "tags": st.lists(st.integers(0, 1), max_size=1),
        "row": st.integers(0, 1),
    },
)


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """Made by `dataclasses`, for `pickle` to find."""

    name: str
    row: int = field(default=0, compare=False)


@ours(frozen=True, slots=True)
class OurKept:
    """The same, made by ours."""

    name: str
    row: int = field(default=0, compare=False)


@ours(frozen=True, slots=True)
class More(OurKept):
    """With a field more."""

    more: tuple[int, ...] = ()


@pytest.mark.parametrize("options", FORMS)
@given(first=VALUES, second=VALUES)
def test_it_takes_shows_compares_and_replaces_as_dataclasses_does(options, first, second):
    theirs, mine = _made(dataclasses.dataclass, **options), _made(ours, **options)
    for make in (theirs, mine):
        assert dataclasses.asdict(make(**first)) == {"count": 3, "tags": [], "row": 0, **first}
    assert repr(mine(**first)) == repr(theirs(**first))
    assert (mine(**first) == mine(**second)) is (theirs(**first) == theirs(**second))
    assert mine(**first) != theirs(**first)
    assert dataclasses.replace(mine(**first), row=7).row == 7
    assert mine.__match_args__ == theirs.__match_args__


@pytest.mark.parametrize("options", FORMS)
def test_it_cannot_be_changed_and_says_so(options):
    thing = _made(ours, **options)(name="a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        thing.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del thing.name
    assert thing.name == "a"


@pytest.mark.parametrize("options", FORMS)
def test_it_refuses_the_arguments_that_dataclasses_refuses(options):
    for make in (_made(dataclasses.dataclass, **options), _made(ours, **options)):
        for arguments, named in (((), {}), (("a", 1, [], 0, 5), {}), (("a",), {"other": 1})):
            with pytest.raises(TypeError):
                make(*arguments, **named)


def test_what_is_made_anew_for_each_is_not_shared():
    make = _made(ours, slots=True)
    assert make("a").tags is not make("a").tags


@given(st.text(), st.integers())
def test_equal_ones_are_one_key_and_what_does_not_count_does_not(name, row):
    assert len({OurKept(name), OurKept(name, row), Kept(name)}) == 2


@given(st.text(), st.integers())
def test_it_is_copied_and_pickled(name, row):
    for thing in (OurKept(name, row), More(name, row, (1, 2))):
        for again in (pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)):
            assert dataclasses.astuple(again) == dataclasses.astuple(thing)
            assert type(again) is type(thing)


def test_a_class_made_of_another_has_its_fields_and_is_not_equal_to_it():
    assert More("a", 0, (1,)).name == "a"
    assert More("a") != OurKept("a")
    assert [part.name for part in dataclasses.fields(More)] == ["name", "row", "more"]


def test_what_is_not_frozen_is_left_to_dataclasses():
    @ours(slots=True)
    class Open:
        name: str

    thing = Open("a")
    thing.name = "b"
    assert thing == Open("b")
