from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.runtime.nrt import rtsys

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel, *, abreast: bool = False) -> Kernel:
    """Compile a kernel that Python calls, and load it quickly when its machine code is cached.

    With ``abreast``, a product and a sum are rounded once, as machines do it that work on several numbers at a time.

    Before it looks into its cache, Numba declares every function it knows, a fifth of a second that only compiling needs (and
    that compiling does again by itself). Here only the runtime is made ready. Where Numba is built otherwise, or switched off,
    nothing is changed.
    """
    dispatcher = njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"} if abreast else False)(kernel)
    cache: Any = getattr(dispatcher, "_cache", None)
    if hasattr(cache, "_load_overload") and hasattr(cache, "_guard_against_spurious_io_errors"):

        def load_overload(signature: Any, target_context: Any) -> Any:
            rtsys.initialize(target_context)
            with cache._guard_against_spurious_io_errors():
                return cache._load_overload(signature, target_context)

        cache.load_overload = load_overload
    return cast(Kernel, dispatcher)
