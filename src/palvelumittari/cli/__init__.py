"""The command line: `palvelumittari score ride.json` and its fellows.

Results go to standard output, errors and notes to standard error. A command ends with 0 if all is well, 1 if a score
is below `--fail-under` or a case failed, 2 if the input or the usage is bad.
"""

from palvelumittari.cli.root import main

__all__ = ["main"]
