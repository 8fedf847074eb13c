"""The compiler: a rubric becomes one generated Python function, which gives the numbers of a verdict fast.

`compile_rubric` is the way in. The meaning is that of the reference interpreter; neither imports the other. Each name
is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from palvelumittari.words.lazily import from_homes, homes_in

if TYPE_CHECKING:
    from palvelumittari.compiler.compiling import Compiled, compile_rubric
    from palvelumittari.compiler.numbers import Numbers, numbers_from
    from palvelumittari.compiler.program import CannotCompileError

__all__ = ["CannotCompileError", "Compiled", "Numbers", "compile_rubric", "numbers_from"]

_NAMES = {
    "compiling": ("Compiled", "compile_rubric"),
    "numbers": ("Numbers", "numbers_from"),
    "program": ("CannotCompileError",),
}

__getattr__ = from_homes(__name__, homes_in(__name__, _NAMES))
