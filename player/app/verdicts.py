# SPDX-License-Identifier: Apache-2.0
"""What there is to say of a credential, in words: a sentence for each verdict, with its blanks.

The command line fills them as they are, the window in the learner's language.
"""

from __future__ import annotations

from collections.abc import Mapping

from player.course.judging import Verdict
from player.errors import QT_TRANSLATE_NOOP

SAID: Mapping[Verdict, str] = {
    Verdict.GENUINE: QT_TRANSLATE_NOOP(
        "Credential", "Genuine: signed by {issuer}, and nothing in it was changed."
    ),
    Verdict.FOREIGN: QT_TRANSLATE_NOOP(
        "Credential",
        "Unknown issuer: nothing in it was changed since it was signed, but whoever signed it is "
        "not known on this computer. It calls itself “{issuer}”, which anybody could do.",
    ),
    Verdict.ALTERED: QT_TRANSLATE_NOOP(
        "Credential", "Not genuine: its signature does not fit. It was changed, or forged."
    ),
    Verdict.EXPIRED: QT_TRANSLATE_NOOP(
        "Credential",
        "Expired: signed by {issuer} and unchanged, but it held until {until}. The clock of this "
        "computer says {now}.",
    ),
    Verdict.EARLY: QT_TRANSLATE_NOOP(
        "Credential",
        "Not valid yet: signed by {issuer} and unchanged, but it holds from {since}. The clock of "
        "this computer says {now}: if that is wrong, it is genuine.",
    ),
    Verdict.CLAIM: QT_TRANSLATE_NOOP(
        "Credential",
        "Not confirmed: a learner's computer says so by itself, and no platform has confirmed it. "
        "It proves nothing yet.",
    ),
    Verdict.NO_KEY: QT_TRANSLATE_NOOP(
        "Credential",
        "Cannot be checked here: the key of its issuer is neither in it nor on this computer.",
    ),
    Verdict.ALGORITHM: QT_TRANSLATE_NOOP(
        "Credential",
        "Refused: it is signed in a way that is not believed here, or not known ({algorithm}).",
    ),
    Verdict.NOTHING: QT_TRANSLATE_NOOP("Credential", "This is no credential."),
}
