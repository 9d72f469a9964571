# SPDX-License-Identifier: Apache-2.0
"""Tell the platform what the learner did, once, however often the road breaks.

`vocabulary` the xAPI identifiers, `statements` an event said in xAPI (pure), `lrs` one request to
the learning record store and what its answer means, `sameness` whether two statements are one
(pure), `backoff` how long to wait (pure), `push` all of it together. What comes
back: `letter` (pure), `mailbox`.
"""
