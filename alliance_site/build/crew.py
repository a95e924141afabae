"""Processes that work on parts of a build, each keeping what it has made for what follows.

A worker is a fork: it inherits the workshop it is made with. What it is asked next is done by the
same process, so that what it has read need not be read, or sent, again.

Never: knows what the work is.
"""

import gc
import signal
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from alliance_site.diagnostics import OutputError

# Most builds change little and need no workers: `multiprocessing` is loaded by those that do.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

Part = tuple[int | None, tuple[Any, ...]]
"""A part of something: whose it is, None where it is nobody's, and its arguments."""


def _read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


FEWEST_FOR_WORKERS = 150
"""Below this many items a crew costs more than it saves."""


_NOW_AND_THEN = (100_000, 50, 50)
"""How often a worker looks for what is in circles: it goes on for longer than most builds."""


_NEAR: "set[Connection]" = set()
"""This process's ends of the pipes to its workers.

A worker that kept them open would never see that the process has gone, and stay for ever.
"""


def can_fork() -> bool:
    """Say whether a fork is safe: where there is one, and no other thread may hold a lock."""
    from multiprocessing import get_all_start_methods  # noqa: PLC0415 - as above

    return "fork" in get_all_start_methods() and threading.active_count() == 1


class Crew:
    """Some workers with a workshop each, to be used as a context manager.

    Args:
        workshop: What each of them works with; its methods are what they can be asked.
        count: How many.
    """

    def __init__(self, workshop: object, count: int) -> None:
        """Fork the workers."""
        from multiprocessing import get_context  # noqa: PLC0415 - as above
        from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415 - as above

        # Records hold read-only mappings, which the standard library does not send as they are.
        ForkingPickler.register(MappingProxyType, lambda item: (_read_only, (dict(item),)))
        context = get_context("fork")
        # What there is stays where it is: a collection in a fork would copy all of it.
        gc.freeze()
        self._workers = [self._fork(context, workshop) for _ in range(count)]

    @staticmethod
    def _fork(context: "ForkContext", workshop: object) -> "tuple[BaseProcess, Connection]":
        near, far = context.Pipe()
        _NEAR.add(near)
        worker = context.Process(target=_work, args=(workshop, far), daemon=True)
        worker.start()
        far.close()
        return worker, near

    def __len__(self) -> int:
        """Count the workers."""
        return len(self._workers)

    def __enter__(self) -> Self:
        """Return the crew itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the workers."""
        for worker, connection in self._workers:
            connection.close()
            _NEAR.discard(connection)
            worker.terminate()
            worker.join()
        gc.unfreeze()

    def ask_all(self, method: str, *arguments: object) -> list[Any]:
        """Ask every worker for the same, and return their answers."""
        return list(self.ask(method, [(worker, arguments) for worker in range(len(self))]))

    def ask(self, method: str, parts: Sequence[Part]) -> Iterator[Any]:
        """Ask workers for parts of something.

        Args:
            method: Of the workshop.
            parts: Worker and arguments of each, in the order in which a worker does them. What is
                nobody's is done before all else, by whoever is free.

        Yields:
            What each part gave, in order, as soon as it and those before it are done.

        Raises:
            OutputError: A worker was ended from outside.
        """
        free: deque[int] = deque()
        waiting: list[deque[int]] = [deque() for _ in self._workers]
        for index, (owner, _) in enumerate(parts):
            (free if owner is None else waiting[owner]).append(index)
        asked: list[deque[int]] = [deque() for _ in self._workers]
        answers: dict[int, Any] = {}
        # A second request waits in the pipe, so that no worker waits for one; more could fill it.
        for _ in range(2):
            for worker in range(len(self)):
                self._send_next(worker, method, parts, free or waiting[worker], asked[worker])
        for index in range(len(parts)):
            while index not in answers:
                for worker in self._ready(asked):
                    answers[asked[worker].popleft()] = self._receive(worker)
                    self._send_next(worker, method, parts, free or waiting[worker], asked[worker])
            yield answers.pop(index)

    def _send_next(
        self,
        worker: int,
        method: str,
        parts: Sequence[Part],
        waiting: deque[int],
        asked: deque[int],
    ) -> None:
        if waiting:
            asked.append(waiting.popleft())
            self._workers[worker][1].send((method, parts[asked[-1]][1]))

    def _ready(self, asked: Sequence[deque[int]]) -> list[int]:
        from multiprocessing.connection import wait  # noqa: PLC0415 - as above

        busy = {self._workers[worker][1]: worker for worker, parts in enumerate(asked) if parts}
        found = wait(busy)
        return [worker for connection, worker in busy.items() if connection in found]

    def _receive(self, worker: int) -> Any:
        try:
            is_fine, answer = self._workers[worker][1].recv()
        except (EOFError, ConnectionError) as error:
            raise OutputError("a worker process was ended from outside") from error
        if not is_fine:
            raise answer
        return answer


class Helper(Crew):
    """One worker that is asked for things before they are needed.

    Args:
        workshop: What it works with.
    """

    def __init__(self, workshop: object) -> None:
        """Fork it."""
        super().__init__(workshop, 1)

    def begin(self, method: str, *arguments: object) -> None:
        """Let it begin with something."""
        self._workers[0][1].send((method, arguments))

    def finish(self) -> Any:
        """Return what came of the first thing it began with and has not given yet.

        Raises:
            OutputError: It was ended from outside.
        """
        return self._receive(0)


def _work(workshop: object, connection: "Connection") -> None:
    """Answer requests until there are no more."""
    from multiprocessing.reduction import ForkingPickler  # noqa: PLC0415 - as above

    for near in _NEAR:
        near.close()
    gc.set_threshold(*_NOW_AND_THEN)
    # Ctrl-C reaches every process of a terminal; the parent ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            method, arguments = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            answer = True, getattr(workshop, method)(*arguments)
            packed = ForkingPickler.dumps(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
            error.add_note(traceback.format_exc())
            packed = ForkingPickler.dumps((False, error))
        try:
            connection.send_bytes(packed)
        except ConnectionError:
            return


def in_chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut items into chunks of a size."""
    return (items[start : start + size] for start in range(0, len(items), size))
