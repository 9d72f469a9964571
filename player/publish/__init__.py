# SPDX-License-Identifier: Apache-2.0
"""The author's side: a folder with a course in it becomes a signed repository.

Read top to bottom, the modules are the way of the data:

    outline     course.toml, typed (`table`), each part with its line (`positions`)
    folder      the files that it names, and nothing outside the folder
    pages       Markdown and HTML, cleaned, with their pictures
    links       lists of links
    gift        GIFT as its author meant it (`gift_answers`, `gift_text`); `quizzes`: questions
    video       renditions, captions, slides that lie together; `media` and `pdf` look into files
    source      all of these together: the course, or every mistake in it (`faults`, `naming`)
    cut         large files into pieces, where their content says
    pack        small files into packs, and what fetching them costs
    repository  manifest and contents, then the catalogue (`shelf`), signed, in an order that
                no crash can break (`writing`)
    single      one course of a repository in one file, to be handed over
    keys        the publisher's secret key
    withheld    questions without what is right in them, which `keyfile` keeps for the platform;
                `marked` says to the author what that means

`olx` writes such folders from Open edX exports.
"""
