# SPDX-License-Identifier: Apache-2.0
"""Bring it here: from a wish for sections to whole, verified blobs.

`wishes` what was asked for and how much of it is here, `plan` what has to be fetched (pure),
`sources` from where, `transfer` one stretch of bytes, `parts` what an interruption leaves, `worker`
works it all off, run by run (`work`), with `patience`, and gives `news`.
"""
