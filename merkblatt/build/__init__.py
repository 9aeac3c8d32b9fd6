"""Orders -> files, one person at a time; what is kept from before is found again here.

The package hands its function `build` on under the name of this folder, so the folder can be called: both
`merkblatt.build(jobs, …)` and `import merkblatt.build.job` hold, whichever comes first.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merkblatt.build.build import Built


class _Callable(ModuleType):
    """A folder of the program that does what its name says; the parameters are those of `build.build`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Iterator[Built]:
        from merkblatt.build.build import build

        return build(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
