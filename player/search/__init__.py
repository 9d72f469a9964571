# SPDX-License-Identifier: Apache-2.0
"""Find it again: words of what is here, in an index that may be thrown away at any time."""
