# SPDX-License-Identifier: Apache-2.0
"""What exists: the courses that repositories offer, and who vouches for them.

`address` turns what a person types into a URL, `trust` judges a signature, `document` asks for one
file, `refresh` reads a repository's catalogue and fetches a course's manifest.
"""
