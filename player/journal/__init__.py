# SPDX-License-Identifier: Apache-2.0
"""What the learner did: events, written once and never changed; everything else is a reading.

`events` what can be recorded, `journal` record and read, `progress` how far the learner is,
`outbox` how far each event is on its way to the platform.
"""
