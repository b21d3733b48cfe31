"""How many clients each worker has, so that the one with the fewest takes the next one in.

By itself the system wakes all workers, and often the same one is the first: clients that stay connected, as browsers and
reverse proxies do, then all ask one worker, whatever their number.
"""

from __future__ import annotations

import mmap
from typing import Final

_SLOTS = 1024  # workers are numbered as they come: two that serve at the same time are nearer to each other than that
_BYTES: Final = 4


class ClientCounts:
    """Counts that the processes forked after it was made share; each writes its own alone, so no lock is needed."""

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, _SLOTS * _BYTES)).cast("i")  # 0 where no worker takes clients in

    def tell(self, worker: int, clients: int) -> None:
        """Say how many clients a worker has, which takes in more."""
        self._counts[worker % _SLOTS] = clients + 1

    def forget(self, worker: int) -> None:
        """Say that a worker takes no clients in."""
        self._counts[worker % _SLOTS] = 0

    def someone_has_fewer(self, than: int) -> bool:
        """Tell whether a worker that takes clients in has fewer than so many."""
        return any(0 < count <= than for count in self._counts)
