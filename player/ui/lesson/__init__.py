# SPDX-License-Identifier: Apache-2.0
"""The views in which a learner sees one activity.

`views.view_for` picks the view by the kind of activity; `context.LessonContext` is all that a view
is given. `rich_text` shows every piece of a course's HTML, cleaned by `cleaning`.
"""
