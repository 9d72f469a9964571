# SPDX-License-Identifier: Apache-2.0
"""The identifiers that statements are made of: verbs, types of activity, extensions, profiles.

Checked against the xAPI authored profiles; research/xapi.md §4.3 says what each event needs. Words
that the profiles do not have are named below the platform's own `home` (see `statements`).
"""

from __future__ import annotations

_ADL = "http://adlnet.gov/expapi"
_VIDEO = "https://w3id.org/xapi/video"
_TINCAN = "http://id.tincanapi.com"

# Verbs. Displays are what the profiles call them.
ACCESSED = "https://w3id.org/xapi/netc/verbs/accessed"
ANSWERED = f"{_ADL}/verbs/answered"
ASKED = f"{_ADL}/verbs/asked"
ATTEMPTED = f"{_ADL}/verbs/attempted"
BOOKMARKED = f"{_TINCAN}/verb/bookmarked"
COMPLETED = f"{_ADL}/verbs/completed"
DOWNLOADED = f"{_TINCAN}/verb/downloaded"
FAILED = f"{_ADL}/verbs/failed"
PASSED = f"{_ADL}/verbs/passed"
PAUSED = f"{_VIDEO}/verbs/paused"
PLAYED = f"{_VIDEO}/verbs/played"
PREFERRED = f"{_ADL}/verbs/preferred"
REGISTERED = f"{_ADL}/verbs/registered"
REVIEWED = f"{_TINCAN}/verb/reviewed"
SATISFIED = "https://w3id.org/xapi/adl/verbs/satisfied"
SCORED = f"{_ADL}/verbs/scored"
SEEKED = f"{_VIDEO}/verbs/seeked"
SKIPPED = f"{_TINCAN}/verb/skipped"
SELECTED = f"{_TINCAN}/verb/selected"
TERMINATED = f"{_ADL}/verbs/terminated"
VIEWED = f"{_TINCAN}/verb/viewed"

# Types of activity.
COURSE = f"{_ADL}/activities/course"
MODULE = f"{_ADL}/activities/module"
QUESTION = f"{_ADL}/activities/cmi.interaction"
HINT = "https://w3id.org/xapi/acrossx/extensions/supplemental-info"  # as Open edX has it
WEBPAGE = "https://w3id.org/xapi/acrossx/activities/webpage"
RESOURCE = f"{_TINCAN}/activitytype/resource"
TYPES = {
    "page": "http://activitystrea.ms/schema/1.0/page",
    "video": f"{_VIDEO}/activity-type/video",
    "document": "http://activitystrea.ms/file",
    "links": RESOURCE,
    "quiz": f"{_ADL}/activities/assessment",
    "exam": f"{_ADL}/activities/assessment",
    "work": f"{_TINCAN}/activitytype/school-assignment",
    "survey": f"{_TINCAN}/activitytype/survey",
}
"""The type of an activity by its kind in the manifest; `RESOURCE` for a kind of a later version."""

INTERACTIONS = {
    "choice",
    "fill-in",
    "likert",
    "long-fill-in",
    "matching",
    "numeric",
    "other",
    "performance",
    "sequencing",
    "true-false",
}
"""The closed set of `interactionType` (xAPI 1.0.3, part 2, 2.4.4.1)."""

# Profiles: named as `category`, they promise that the statement keeps to the profile's template.
VIDEO_PROFILE = _VIDEO
LMS_PROFILE = "https://w3id.org/xapi/lms"

# Extensions.
ATTEMPT = f"{_TINCAN}/extension/attempt-id"
LENGTH = f"{_VIDEO}/extensions/length"
PROGRESS = f"{_VIDEO}/extensions/progress"
QUALITY = f"{_VIDEO}/extensions/quality"
ROLE = "https://w3id.org/xapi/lms/extensions/role"
SEGMENTS = f"{_VIDEO}/extensions/played-segments"
SESSION = f"{_VIDEO}/extensions/session-id"
SPEED = f"{_VIDEO}/extensions/speed"
TIME = f"{_VIDEO}/extensions/time"
TIME_FROM = f"{_VIDEO}/extensions/time-from"
TIME_TO = f"{_VIDEO}/extensions/time-to"
