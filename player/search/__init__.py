# SPDX-License-Identifier: Apache-2.0
"""Find: one search over titles, pages, what is said, slides, questions and notes.

`places` says what the learner may see, and so what may be found; `sources` reads each file of it
into pieces of text, by `markup`, `spoken`, `pdf_text`; `index` keeps them in SQLite's FTS5; `query`
understands what is typed and `finding` answers it. What is compared is folded (`folding`), what is
shown is the text itself. Everything here can be thrown away and read again.
"""
