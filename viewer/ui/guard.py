"""Keep exceptions out of Qt: each Python override of a Qt virtual carries `@guard`.

On CPython 3.11 an exception that leaves an override while Python itself made the outer Qt call can end
the process. A guarded override reports the exception where all others go and returns a plain default.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Default = TypeVar("Default")


def guard(
    default: Default = None,  # type: ignore[assignment]  # most overrides return nothing
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result | Default]]:
    """Return a decorator that reports whatever a method raises and returns `default` instead.

    Whoever is reported to tells an error from a wish to leave: see `crash.Reports.report`.
    """

    def decorate(method: Callable[Parameters, Result]) -> Callable[Parameters, Result | Default]:
        @functools.wraps(method)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result | Default:
            try:
                return method(*args, **kwargs)
            except BaseException as error:
                sys.excepthook(type(error), error, error.__traceback__)
            return default

        return guarded

    return decorate
