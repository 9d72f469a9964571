# SPDX-License-Identifier: Apache-2.0
"""`python -m player`: the same as the command `cartable`."""

from player.cli import main

if __name__ == "__main__":
    main()
