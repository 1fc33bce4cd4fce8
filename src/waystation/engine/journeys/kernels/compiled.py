from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import config, njit
from numba.core.runtime.nrt import rtsys

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel, *, abreast: bool = False) -> Kernel:
    """Compile a kernel that Python calls, and load it quickly when its machine code is cached.

    With ``abreast``, what is done alike to several numbers is done in one step where the machine can, and a product and a sum
    are rounded once.

    Before it looks into its cache, Numba declares every function it knows, a fifth of a second that only compiling needs (and
    that compiling does again by itself). Here only the runtime is made ready. Where Numba is built otherwise, or switched off,
    nothing is changed.
    """
    dispatcher = njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"} if abreast else False)(kernel)
    if abreast and hasattr(dispatcher, "compile"):
        dispatcher.compile = _side_by_side(dispatcher.compile)
    cache: Any = getattr(dispatcher, "_cache", None)
    if hasattr(cache, "_load_overload") and hasattr(cache, "_guard_against_spurious_io_errors"):

        def load_overload(signature: Any, target_context: Any) -> Any:
            rtsys.initialize(target_context)
            with cache._guard_against_spurious_io_errors():
                return cache._load_overload(signature, target_context)

        cache.load_overload = load_overload
    return cast(Kernel, dispatcher)


def _side_by_side(compile_kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Have LLVM look for like steps on numbers that lie side by side, as C compilers do (superword-level parallelism).

    Numba leaves this out since LLVM 11 made mistakes with it (Numba's pull request 8852).
    """

    def compile_so(signature: Any) -> Any:
        before = config.SLP_VECTORIZE
        config.SLP_VECTORIZE = 1
        try:
            return compile_kernel(signature)
        finally:
            config.SLP_VECTORIZE = before

    return compile_so
