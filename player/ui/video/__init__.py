# SPDX-License-Identifier: Apache-2.0
"""What shows a video: `engine` chooses who plays it, `surface` is where its pictures go."""
