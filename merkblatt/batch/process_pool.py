"""The workers of a batch: processes of this machine. What a batch asks of any workers stands in `WorkerPool`.

Processes are started afresh (spawn), not forked: the same on every system, and safe beside threads. A worker ends when
the batch's own process does, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from typing import Protocol

from merkblatt.batch.worker import Assignment, Report, Task, perform, take_up


class WorkerPool(Protocol):
    """Workers that take chunks of a batch. `width` is how many chunks they work on at a time."""

    width: int

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        """Hands a chunk over."""
        ...

    def has_died(self, error: BaseException) -> bool:
        """Whether a future failed because its worker died."""
        ...

    def renew(self) -> bool:
        """After a death: whole again, and whether all chunks that were handed over are lost."""
        ...

    def stop(self) -> None:
        """Ends the workers at once, whatever they do."""
        ...

    def close(self) -> None:
        """Ends the workers when they have nothing to do."""
        ...


class ProcessPool:
    """Processes of this machine."""

    def __init__(self, duty: Assignment, jobs: int) -> None:
        self.width = jobs
        self._duty = duty
        self._pool = self._new_pool()
        self._processes: list[BaseProcess] = []

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        """Hands a chunk over; a pool that broke just now tells so by the future."""
        try:
            with _interrupts_held():
                others = set(multiprocessing.active_children())
                future = self._pool.submit(perform, self._duty.batch, tasks)
                # A process is started when a chunk finds the others at work.
                self._processes += [process for process in multiprocessing.active_children() if process not in others]
                return future
        except BrokenExecutor as error:
            broken: Future[Report] = Future()
            broken.set_exception(error)
            return broken

    def has_died(self, error: BaseException) -> bool:
        """Whether a future failed because its worker died."""
        return isinstance(error, BrokenExecutor)

    def renew(self) -> bool:
        """A new pool; of a broken one all chunks are lost."""
        self.stop()
        self._pool = self._new_pool()
        return True

    def stop(self) -> None:
        """Ends the workers at once."""
        for process in self._processes:
            with suppress(OSError, ValueError):
                process.kill()
        self._processes = []
        self._pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Ends the workers when they have nothing to do."""
        self._pool.shutdown(wait=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.width, mp_context=context, initializer=_start, initargs=(self._duty,))


def _start(duty: Assignment) -> None:
    # Ctrl-C reaches every process of the terminal; the batch decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    take_up(duty)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes that start here never see Ctrl-C, not even while Python wakes up in them; here it comes a bit later."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def processors() -> int:
    """How many processes can work at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
