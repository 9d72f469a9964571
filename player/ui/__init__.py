# SPDX-License-Identifier: Apache-2.0
"""The window: the only Qt. It shows what the stages have written and calls their functions.

`main` starts it, `main_window` holds the pages, `lesson` shows one activity, `video` plays,
`tasks` runs a stage's function beside the window, `changes` brings the stages' news to it.
"""
