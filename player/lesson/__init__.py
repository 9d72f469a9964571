# SPDX-License-Identifier: Apache-2.0
"""What happens behind one opened activity: play, read, answer, and write down that it was done.

`video` and `attempt` hold one opening of a video or a quiz, `reading` records the rest; `watching`
and `grading` are their arithmetic, pure; `media` says what plays a video and `vlc` does it.
"""
