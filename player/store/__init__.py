# SPDX-License-Identifier: Apache-2.0
"""What we have: one SQLite file for every stage, and a folder of blobs beside it.

`schema` is the whole database on one page, `database` opens it, `courses` and `blobs` are what the
stages read and write.
"""
