# SPDX-License-Identifier: Apache-2.0
"""`python benchmarks/transfer`: see `transfer.run`."""

from __future__ import annotations

import sys
from pathlib import Path

# The folder above in the place of this one, whose modules are `transfer.…`
sys.path[0] = str(Path(__file__).resolve().parents[1])

from transfer.run import main  # noqa: E402 - the path comes first

if __name__ == "__main__":
    sys.exit(main())
