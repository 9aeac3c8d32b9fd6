"""The workers of a batch on a Dask cluster (the extra `merkblatt[cluster]`), through the interface of executors.

Workers are started by whoever runs the cluster, with one thread each; they must have the same version of Merkblatt and
the same content. Where they see the batch's folder they write into it; where not, finished leaflets travel back.
"""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from typing import Any, cast

from distributed import Client, KilledWorker, WorkerPlugin

from merkblatt.batch.worker import Assignment, Report, Task, lay_down, perform, take_up
from merkblatt.core.findings import COMMAND_LINE, Faulty, Finding, shown

#: Seconds to wait for a scheduler, and for its first worker.
PATIENCE = 10


class _TakeUp(WorkerPlugin):
    """Brings the duty to every worker once, also to one that joins later."""

    def __init__(self, duty: Assignment) -> None:
        self.duty = duty
        self.name = f"merkblatt-{duty.batch}"

    def setup(self, worker: Any) -> None:
        take_up(self.duty)

    def teardown(self, worker: Any) -> None:
        lay_down(self.duty.batch)


class DaskPool:
    """The workers of a Dask cluster.

    Raises:
        Faulty: no scheduler answers, or it has no worker.
    """

    def __init__(self, duty: Assignment, address: str) -> None:
        self._duty = duty
        self._plugin = _TakeUp(duty)
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._client.register_plugin(self._plugin)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"--cluster {shown(address)}: {type(error).__name__}"
            hint = "start a scheduler and workers: dask scheduler; dask worker ADDRESS --nthreads 1"
            raise Faulty([Finding(COMMAND_LINE, message, hint)]) from None
        self._executor = self._client.get_executor(pure=False)
        self.width = max(1, len(self._client.nthreads()))

    def submit(self, tasks: tuple[Task, ...]) -> Future[Report]:
        """Hands a chunk over."""
        # What came along since then works too.
        self.width = max(1, len(self._client.nthreads()))
        return cast("Future[Report]", self._executor.submit(perform, self._duty.batch, tasks))

    def has_died(self, error: BaseException) -> bool:
        """Whether a chunk killed one worker after the other; a single death the scheduler mends by itself."""
        return isinstance(error, KilledWorker)

    def renew(self) -> bool:
        """Nothing to renew: the cluster looks after its workers, and other chunks go on."""
        return False

    def stop(self) -> None:
        """Takes back what was handed over; a chunk that a worker has begun it ends, and what it writes is whole."""
        with suppress(Exception):
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._leave(timeout=1)

    def close(self) -> None:
        """The workers forget the batch."""
        self._leave(timeout=PATIENCE)

    def _leave(self, timeout: float) -> None:
        with suppress(Exception):
            self._client.unregister_worker_plugin(self._plugin.name)
        self._client.close(timeout=timeout)
