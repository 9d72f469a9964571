# SPDX-License-Identifier: Apache-2.0
"""Which view shows which kind of activity."""

from __future__ import annotations

from player.course.manifest import Document, Links, Page, Quiz, Survey, Unknown, Video, Work
from player.errors import Unsupported
from player.ui.lesson.context import LessonContext
from player.ui.lesson.document_view import DocumentView
from player.ui.lesson.links_view import LinksView
from player.ui.lesson.page_view import PageView
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.sentence_view import SentenceView
from player.ui.lesson.survey_view import SurveyView
from player.ui.lesson.video_view import VideoView
from player.ui.lesson.work_view import WorkView

LessonView = (
    PageView
    | VideoView
    | DocumentView
    | LinksView
    | QuizView
    | SurveyView
    | SentenceView
    | WorkView
)


def view_for(context: LessonContext) -> LessonView:  # noqa: PLR0911 - one a kind
    """Return the view of the context's activity; its `close_lesson` is to be called before it goes.

    Raises:
        NotHere, Damaged, Malformed, NewerFormat: what it would show is not here or cannot be read.
    """
    match context.activity:
        case Page() as page:
            return PageView(context, page)
        case Video() as video:
            return VideoView(context, video)
        case Document() as document:
            return DocumentView(context, document)
        case Links() as links:
            return LinksView(context, links)
        case Work() as work:
            return WorkView(context, work)
        case Survey() as survey:
            return SurveyView(context, survey)
        case Quiz() as quiz:
            return QuizView(context, quiz)
        case Unknown() as unknown:
            return SentenceView(Unsupported(what=unknown.title, kind=unknown.kind))
