"""Workers: who does what, and in which order the answers come."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from alliance_site.build.crew import Crew, Helper
from alliance_site.diagnostics import OutputError
from tests.build.command import REPOSITORY


class Bench:
    """What a worker of these tests works with."""

    def square(self, number: int) -> tuple[int, int]:
        return number * number, os.getpid()

    def fail(self, number: int) -> int:
        raise OutputError(f"cannot do {number}")

    def leave(self) -> None:
        os._exit(1)

    def fill(self, size: int) -> bytes:
        return bytes(size)


def test_answers_come_in_order_whoever_gives_them() -> None:
    with Crew(Bench(), 3) as crew:
        parts = [(owner, (number,)) for number, owner in enumerate([None, 2, 0, None, 1, None])]
        found = list(crew.ask("square", parts))
    assert [number for number, _ in found] == [0, 1, 4, 9, 16, 25]
    assert os.getpid() not in {worker for _, worker in found}


def test_what_has_an_owner_is_done_by_that_one() -> None:
    with Crew(Bench(), 2) as crew:
        parts = [(number % 2, (number,)) for number in range(8)]
        workers = [worker for _, worker in crew.ask("square", parts)]
    assert len(set(workers[::2])) == len(set(workers[1::2])) == 1
    assert len(set(workers)) == 2


def test_what_is_nobodys_is_shared_out_among_all() -> None:
    with Crew(Bench(), 2) as crew:
        parts = [(None, (number,)) for number in range(400)]
        workers = {worker for _, worker in crew.ask("square", parts)}
    assert len(workers) == 2


@pytest.mark.parametrize("part", [("fail", (1,)), ("leave", ())])
def test_what_ends_a_worker_ends_the_build(part: tuple[str, tuple[int, ...]]) -> None:
    method, arguments = part
    with Crew(Bench(), 2) as crew, pytest.raises(OutputError):
        list(crew.ask(method, [(None, arguments)]))


def test_a_helper_gives_its_answers_in_the_order_in_which_it_was_asked() -> None:
    with Helper(Bench()) as helper:
        for number in (3, 2):
            helper.begin("square", number)
        assert [helper.finish()[0] for _ in range(2)] == [9, 4]
        helper.begin("fail", 1)
        with suppress(OutputError):
            pytest.fail(f"gave {helper.finish()}")


KILLED = """
import os, signal, time
from alliance_site.build.crew import Crew, Helper
from tests.build.test_crew import Bench
with Helper(Bench()) as helper, Crew(Bench(), 2) as crew:
    helper.begin("fill", 10_000_000)  # more than a pipe holds: it waits for somebody to read
    print(*(item.pid for item, _ in (*helper._workers, *crew._workers)), flush=True)
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_of_a_process_that_was_killed_go_too() -> None:
    found = subprocess.run(
        [sys.executable, "-c", KILLED],
        capture_output=True,
        check=False,
        cwd=REPOSITORY,
        text=True,
        timeout=30,  # workers that stay keep the pipe open
    )
    assert found.returncode == -signal.SIGKILL, found.stderr
    left = set(map(int, found.stdout.split()))
    assert len(left) == 3
    end = time.monotonic() + 20
    while left := {pid for pid in left if is_there(pid)}:
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    """Say whether a process is there, and not just waiting for its parent to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
