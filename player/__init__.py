# SPDX-License-Identifier: Apache-2.0
"""Cartable: courses that were made for the web, followed without it.

The path of the data, one folder a stage, each reading rows that another wrote:

    catalogue ─► download ─► store ─► lesson ─► journal ─► sync
    what exists   bring it    what     play &    what the   tell the
                  here        we have  quiz      learner    platform
                                                 did

`course` says what a course is, `publish` makes one, `transport` is the network, `app` joins the
stages, `cli` and `ui` stand on top. No stage imports another; docs/architecture.md tells why.
"""

__version__ = "0.1.0"
