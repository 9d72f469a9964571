# SPDX-License-Identifier: Apache-2.0
"""A course in which every kind of text says its own word, and what a learner's PC has of it."""

from __future__ import annotations

from pathlib import Path

from small_course import film, small_course, sound, write

COURSE = "chercher"
OUTLINE = """\
[course]
id = "chercher"
title = "Chercher sans réseau"
language = "fr"
summary = "Un cours à fouiller."
authors = [{ name = "A. Diallo", role = "Formatrice" }]
licence = "CC-BY-SA-4.0"

[[section]]
title = "Débroussailler"

[[section.sequence]]
id = "premiere"
title = "Première séance"
activities = [
    { page = "pages/jardin.md" },
    { video = "media/roles" },
    { document = "media/roles.pdf", title = "Le mode d’emploi" },
    { links = "pages/liens.md" },
    { quiz = "quizzes/practice.gift", title = "Faites le point" },
    { exam = "quizzes/exam.gift", title = "Examen", attempts = 2 },
]

[[section]]
title = "Récolter"

[[section.sequence]]
id = "seconde"
title = "Seconde séance"
activities = [{ page = "pages/suite.md" }]
"""
JARDIN = """\
# Un jardin partagé

Au début, l’équipe plante des **hibiscus** ; ensuite elle arrose.

## Plus tard

Les élèves du Cœur-Sacré récoltent le mil. Le sorgho vient après.
"""
LIENS = """\
# Pour aller plus loin

Avec réseau.

- [Kolibri](https://example.org/): une *volière* de cours.
"""
PRACTICE = """\
::Q1:: Quand faut-il <b>sarcler</b> ? {
    =Le matin #bravosecret
    ~Le soir #ratesecret
    ####generalsecret
}
"""
EXAM = "::E1:: Que veut dire agroforesterie ? {\n    =Des arbres\n    ~Des murs\n}\n"
SAID = """\
WEBVTT

00:00.000 --> 00:01.000
Bonjour à toutes. Aujourd’hui, nous

00:01.000 --> 00:02.500
parlons du compost,

00:02.500 --> 00:03.000
puis du paillage.
"""
IN_ENGLISH = (
    SAID.replace("Bonjour à toutes. Aujourd’hui, nous", "Compost: today we")
    .replace("parlons du compost", "talk of compost, compost")
    .replace("du paillage", "of mulch")
)


def slides(*pages: str) -> bytes:
    """A PDF whose pages say these words."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        "<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
    ]
    for number, words in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        bodies.append(
            f"<</Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R"
            " /Resources <</Font <</F1 3 0 R>>>>>>"
        )
        bodies.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    made_at = len(made)
    made += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}".encode()
    made += f"trailer <</Size {len(bodies) + 1} /Root 1 0 R>>\nstartxref\n".encode()
    return made + f"{made_at}\n%%EOF\n".encode()


def searched_course(root: Path) -> Path:
    """Write the course into `root`."""
    write(
        small_course(root),
        {
            "course.toml": OUTLINE,
            "pages/jardin.md": JARDIN,
            "pages/liens.md": LIENS,
            "pages/suite.md": "# La suite\n\nOn engrange au grenier.\n",
            "quizzes/practice.gift": PRACTICE,
            "quizzes/exam.gift": EXAM,
            "media/roles.pdf": slides("Le r\xe9cipient", "La brouette"),
            "media/roles.fr.vtt": SAID,
            "media/roles.en.vtt": IN_ENGLISH,
            "media/roles.audio.m4a": sound(3),
            "media/roles.240p.mp4": film(3, 240),
            "media/roles.480p.mp4": film(3, 480, rest=bytes(200_000)),
        },
    )
    return root
