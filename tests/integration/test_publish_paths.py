# SPDX-License-Identifier: Apache-2.0
"""Paths, questionnaires and their rules, as an author writes them; every mistake in its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import COURSE, small_course

from player.course.interactions import ChoiceInteraction
from player.course.manifest import CoursePath, Rule, Survey
from player.course.quiz import decode_quiz
from player.errors import SourceFaults
from player.publish.source import Source, read_source

PATHS = """
[[path]]
id = "calm"
title = "Pas à pas"
sections = ["organiser"]
summary = "Tranquillement."

[[path]]
id = "fast"
title = "Droit au but"
sections = ["organiser"]
"""
QUESTIONS = """\
[[question]]
title = "Niveau"
body = "Où en êtes-vous ?"
required = true
interaction = { type = "choice", choices = { new = "Je commence", old = "Depuis longtemps" } }

[[question]]
title = "Aisance"
body = "Que dites-vous ?"

[[question.interaction]]
type = "survey"
items = { plan = "Je planifie" }
scale = { no = "Non", yes = "Oui" }
"""
CALM = '{ path = "calm", when = { question = "niveau", chosen = "new" }, reason = "Vous débutez." }'
FAST = (
    '{ path = "fast", when = { question = "aisance", item = "plan", rated = "yes" }, reason = "…" }'
)


def course(root: Path, line: str, paths: str = PATHS, questions: str = QUESTIONS) -> Path:
    source = small_course(root)
    (source / "quizzes" / "avant.toml").write_text(questions, encoding="utf-8")
    text = COURSE.replace("    { exam", f"    {line},\n    {{ exam") + paths
    (source / "course.toml").write_text(text, encoding="utf-8")
    return source


def line(rules: str = "", more: str = 'when = "entry"') -> str:
    listed = f", rules = [{rules}]" if rules else ""
    return f'{{ survey = "quizzes/avant.toml", id = "avant", {more}{listed} }}'


def survey(source: Source) -> Survey:
    found = [one for section in source.sections for one in section.activities()]
    return next(one for one in found if isinstance(one, Survey))


def faults(source: Path) -> list[str]:
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    found = caught.value.faults  # type: ignore[attr-defined]
    assert all(one.line for one in found)
    return [f"{one.what} {one.do}" for one in found]


def test_all_of_it_is_read(tmp_path: Path) -> None:
    source = read_source(course(tmp_path, line(f"{CALM}, {FAST}")))
    assert not [one for one in source.warnings if "path" in one.what]
    assert source.paths == (
        CoursePath("calm", "Pas à pas", ("organiser",), "Tranquillement."),
        CoursePath("fast", "Droit au but", ("organiser",)),
    )
    found = survey(source)
    assert (found.when, found.anonymous) == ("entry", False)
    rated = {"question": "aisance", "item": "plan", "rated": "yes"}
    assert found.rules == (
        Rule("calm", {"question": "niveau", "chosen": "new"}, "Vous débutez."),
        Rule("fast", rated, "…"),
    )


def test_in_a_questionnaire_nothing_is_right_and_order_stays(tmp_path: Path) -> None:
    source = read_source(course(tmp_path, line()))
    blob = survey(source).blob
    (content,) = [one for part in source.contents for one in part if one.sha256 == blob]
    first, second = decode_quiz(content.read())
    (choice,) = first.interactions
    assert isinstance(choice, ChoiceInteraction)
    assert (choice.scoring, choice.shuffle) == ("none", False)
    assert (first.required, second.required) == (True, False)


def test_gift_will_do(tmp_path: Path) -> None:
    text = '{ survey = "quizzes/roles.gift", id = "avant", when = "exit", anonymous = true }'
    source = read_source(course(tmp_path, text))
    found = survey(source)
    assert (found.when, found.anonymous, found.rules) == ("exit", True, ())
    (content,) = [one for part in source.contents for one in part if one.sha256 == found.blob]
    (choice,) = decode_quiz(content.read())[0].interactions
    assert isinstance(choice, ChoiceInteraction)
    assert choice.scoring == "none"


@pytest.mark.parametrize(
    ("rules", "more", "said"),
    [
        (CALM, 'when = "before"', "`when` is “before”."),
        (CALM, "anonymous = true", "An anonymous questionnaire has no rules."),
        (CALM.replace("calm", "gone"), "", "path “gone”, which there is not"),
        (CALM.replace('"new"', '"expert"'), "", "no choice “expert”"),
        (CALM.replace("niveau", "level"), "", "no question “level”"),
        (FAST.replace('"plan"', '"talk"'), "", "no item “talk”"),
        (FAST.replace('"yes"', '"9"'), "", "no step “9”"),
        ('{ path = "calm", reason = "…" }', "", "This rule has no `when`."),
        ('{ when = { question = "niveau", chosen = "new" } }', "", "`path` is missing."),
        ('"calm"', "", "not a table"),
    ],
)
def test_a_rule_that_can_never_hold_is_a_fault(
    tmp_path: Path, rules: str, more: str, said: str
) -> None:
    text = line(rules, more or 'when = "entry"')
    assert any(said in one for one in faults(course(tmp_path, text)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "fast"', 'id = "calm"', "stands twice"),
        ('id = "fast"\n', "", "needs an `id`"),
        ('["organiser"]\nsummary', '["decider"]\nsummary', "“decider”, which there is not"),
        ('["organiser"]\nsummary', '"organiser"\nsummary', "list of texts"),
        ('title = "Droit au but"\n', "", "`title` is missing"),
        ("summary", "sumary", "`sumary` is not a key"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_fault(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    paths = PATHS.replace(old, new)
    assert any(said in one for one in faults(course(tmp_path, line(), paths)))


def test_a_path_that_no_rule_leads_to_is_worth_a_word(tmp_path: Path) -> None:
    warnings = [one.what for one in read_source(course(tmp_path, line(CALM))).warnings]
    assert "No rule leads to the path “fast”." in warnings


def test_an_anonymous_one_asks_for_no_file(tmp_path: Path) -> None:
    asks = QUESTIONS + '[[question]]\ntitle = "F"\nbody = "F"\ninteraction = { type = "upload" }\n'
    found = faults(course(tmp_path, line(more="anonymous = true"), questions=asks))
    assert any("cannot ask for files" in one for one in found)


def test_keys_of_a_questionnaire_belong_to_no_quiz(tmp_path: Path) -> None:
    text = '{ quiz = "quizzes/avant.toml", when = "entry" }'
    assert any("`when` is not a key" in one for one in faults(course(tmp_path, text)))


def test_paths_may_be_combined_where_the_author_says_so(tmp_path: Path) -> None:
    source = course(tmp_path, line(f"{CALM}, {FAST}"))
    assert not read_source(source).outline.combine_paths
    text = (source / "course.toml").read_text(encoding="utf-8")
    said = text.replace("[course]", "[course]\ncombine_paths = true")
    (source / "course.toml").write_text(said, encoding="utf-8")
    found = read_source(source)
    assert found.outline.combine_paths
    assert not [one for one in found.warnings if "combine" in one.what]
    alone = said.replace(PATHS, "").replace(f", rules = [{CALM}, {FAST}]", "")
    (source / "course.toml").write_text(alone, encoding="utf-8")
    assert [one.what for one in read_source(source).warnings if "combine" in one.what]
    (source / "course.toml").write_text(said.replace("= true", '= "yes"'), encoding="utf-8")
    assert any("combine_paths" in one for one in faults(source))
