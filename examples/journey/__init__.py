# SPDX-License-Identifier: Apache-2.0
"""The journey of `make run` where there is no display: a learner's first evening, off-screen.

`evening` is the story, step by step; `learning` does one activity, `hands` answers what is asked in
it as a person would; `desk` is the platform's side; `meter` and `telling` are for the figures.
"""

from journey.evening import Journey

__all__ = ["Journey"]
