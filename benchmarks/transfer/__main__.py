# SPDX-License-Identifier: Apache-2.0
"""`python benchmarks/transfer`: see `transfer.run`."""

from __future__ import annotations

import sys
from pathlib import Path

# In the place of this folder: the one above, where it is `transfer`, and what is measured itself
sys.path[:1] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from transfer.run import main  # noqa: E402 - the path comes first

if __name__ == "__main__":
    sys.exit(main())
