# SPDX-License-Identifier: Apache-2.0
"""What a course is. Pure: no file, no network, no clock; bytes in, frozen values out.

`manifest` a course and its activities, `catalogue` what a repository offers, `quiz` questions and
their scoring, `platform` where records go, `signing` who said so, `captions` timed text,
`needs` which blobs a choice takes,
`fragment` the HTML that is let through, `decode` the one way from untrusted JSON to these types.
"""
