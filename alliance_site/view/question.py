"""Questions about many records, answered once for all who ask.

Never: knows a record.
"""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, overload

T = TypeVar("T")


class Asked(Protocol):
    """What questions are asked of."""

    def ask(self, name: str, answer: Callable[[], T]) -> T:
        """Return the answer to a question, which is found once."""


class Question(Generic[T]):
    """A question about the whole site, answered once; whoever asks has read what it rests on.

    Used as a decorator, like `property`. Never a `cached_property`: whoever asks second would
    have read nothing.
    """

    def __init__(self, answer: Callable[[Any], T]) -> None:
        """Take the function that finds the answer."""
        self._answer = answer
        self._name = answer.__name__
        self.__doc__ = answer.__doc__

    @overload
    def __get__(self, asked: None, owner: type) -> "Question[T]": ...
    @overload
    def __get__(self, asked: Asked, owner: type) -> T: ...
    def __get__(self, asked: Asked | None, owner: type) -> "T | Question[T]":
        """Return the answer."""
        if asked is None:
            return self
        return asked.ask(self._name, lambda: self._answer(asked))
