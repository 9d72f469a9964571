# SPDX-License-Identifier: Apache-2.0
"""Everything that can go wrong outside the program, as one tree.

    PlayerError
    ├── ConnectionProblem          the road: waiting or another road may help
    │   ├── Offline                nobody answered
    │   ├── NotTheServer           something answered that is not the server: a login page, say
    │   │   └── ClockWrong         its certificate is of another time than this PC's clock
    │   ├── BadCourseFile          a `.course` file that is broken
    │   ├── ServerBusy             429, 503 …: it said to come later
    │   └── ServerRefused          any other answer that is not what was asked for
    ├── Held                       the learner's own rules: a budget, hours, a line that is paid for
    │   ├── BudgetSpent (DayBudgetSpent), OutsideHours, MeteredLink
    ├── ContentProblem             what came is not what was promised: nothing of it is kept
    │   ├── NotARepository, Malformed, NewerFormat, Unsigned, UntrustedKey, RevokedKey,
    │   └── BadSignature, OlderCatalogue, OlderVersion, Stale, ClockBehind, NotOffered, Damaged
    ├── StorageProblem             this PC: the disk or the database
    │   ├── DiskFull, NotWritable, DriveGone, DatabaseTooNew, DatabaseBusy (FilesBusy),
    │   │   DatabaseDamaged
    ├── LessonProblem              one activity cannot be shown
    │   ├── NotHere, Unplayable, Unsupported, HandedIn
    ├── FileProblem                a file that was to be handed in: it alone was not taken
    │   ├── NotAFile, FileIsEmpty, FileTooLarge, FileNotAccepted, FileGone
    ├── SyncProblem                the platform does not take what the learner did, or show it
    │   ├── NoPlatform, NotAdmitted, NotPermitted, MayNotRead, NothingToBring,
    │   └── SignInNeeded, SignInFailed, WrongEndpoint, Rejected
    ├── CourierProblem             a bundle, a receipt or a letter: nothing of it is taken
    │   ├── BundleDamaged, SealedForOthers, WrongPassphrase, BadReceipt, OtherPlatform,
    │   └── NoRecipients, OtherLearner (OthersCode), WrongCode, BadLetter, StrayLetter
    ├── NeighbourProblem           the PC next door: lending to it, borrowing from it
    │   ├── NotAPeer, PortTaken
    ├── NoDisplay                  the window has nowhere to open
    ├── DeskProblem                what whoever runs a platform gave: that alone was not taken
    │   ├── BadMark, BadMarkTable, BadNotice, BadNames
    ├── AttestationProblem         the learner's own attestation, or one that somebody shows
    │   ├── NotYetMet, NoCredential, TooLarge
    │   ├── BadMark, BadMarkTable, BadNotice, BadPiece
    └── PublishProblem             a course source, a repository or an export that an author gave
        ├── SourceFaults, NotAFolder, BadKey, BadExport

`str(error)` is a sentence for the person in front of the program: what happened, what was kept,
what to do. The class carries it as a template (`sentence`) and its blanks (`details`), so that the
window can say it in the learner's language. `retry` says whether waiting may help. Detail for the
log goes into the exception that caused it (`raise … from`). Bugs are never wrapped in these.
"""

from __future__ import annotations

import errno
from typing import ClassVar


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the name lupdate looks for
    """Return `text`, which lupdate has noted for translation under `context`."""
    return text


_REASONS = {
    errno.ENOENT: QT_TRANSLATE_NOOP("errors", "the file is not there"),
    errno.EACCES: QT_TRANSLATE_NOOP("errors", "it may not be opened"),
    errno.EPERM: QT_TRANSLATE_NOOP("errors", "it may not be opened"),
    errno.EISDIR: QT_TRANSLATE_NOOP("errors", "it is a folder"),
    errno.EIO: QT_TRANSLATE_NOOP("errors", "it cannot be read"),
    errno.EROFS: QT_TRANSLATE_NOOP("errors", "it may only be read"),
    errno.EEXIST: QT_TRANSLATE_NOOP("errors", "it is there already"),
    errno.ENOSPC: QT_TRANSLATE_NOOP("errors", "the disk is full"),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("errors", "its name is too long"),
    errno.EADDRINUSE: QT_TRANSLATE_NOOP("errors", "another program uses it"),
}
_REFUSED = QT_TRANSLATE_NOOP("errors", "the system does not allow it")


# What breaks the format of a document, and where. `detail` is for whoever made it, in English; in
# other languages the sentence names the place alone
WRONG_AT = QT_TRANSLATE_NOOP("errors", "{detail} - at `{path}`")
FAILS_AT_IT = QT_TRANSLATE_NOOP("errors", "the server fails at it, again and again (HTTP {status})")
SHAPES = (WRONG_AT, FAILS_AT_IT)
"""Reasons that have blanks of their own."""


def system_reason(error: OSError) -> str:
    """Why the system refused, in words that have a translation."""
    return _REASONS.get(error.errno or 0, _REFUSED)


class PlayerError(Exception):
    """A fault of the world, not of the program. `PlayerError(place="…")` fills the sentence."""

    sentence: ClassVar[str] = QT_TRANSLATE_NOOP(
        "errors", "Something went wrong: {reason}. Nothing was lost."
    )
    retry: ClassVar[bool] = False

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.sentence.format(**details))


class ConnectionProblem(PlayerError):
    """The road to a server. What is on this PC stays usable; waiting may help.

    `left` says whether the request may have left this PC, and has then to be counted as paid.
    """

    retry = True
    left = True


class Offline(ConnectionProblem):
    """Nobody answered. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "No connection to {place}. What is on this computer stays usable; it will be tried again.",
    )


class NotTheServer(ConnectionProblem):
    """Something in between answered: a captive portal, a proxy. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Another page answered in place of {place}, perhaps the login page of this network. "
        "Nothing of it was kept. Open a web browser, log in to the network, and try again.",
    )


class ClockWrong(NotTheServer):
    """A certificate that is not valid yet, or no longer. Details: `place`, `date` of this PC."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "There is no safe connection to {place}: its certificate is not valid on {date}, the date "
        "of this computer. If that date is wrong, set the clock and try again. What is on this "
        "computer stays usable, and a stick or the computer next door can still bring courses.",
    )


class BadCourseFile(ConnectionProblem):
    """A `.course` file that is no zip, or a broken one. Details: `place`."""

    retry = False
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The course file {place} is damaged or only half copied. What is on this computer stays "
        "usable. Copy the file again from where it came.",
    )


class ServerBusy(ConnectionProblem):
    """The server asked to come later. Details: `place`, `seconds` to wait."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is busy and asked to wait {seconds} seconds. What has come so far is kept.",
    )


class ServerRefused(ConnectionProblem):
    """An answer that is neither the thing nor a wait. Details: `place`, `status`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} answered with an error (HTTP {status}). What has come so far is kept; "
        "try again later, or tell whoever runs it.",
    )


class Held(PlayerError):
    """The learner's own rules hold it back. What came is kept; nothing is wrong with the road.

    `until` in the details is local time, `2026-12-01` or `2026-12-01 22:00`: a form that the window
    finds again in a sentence that was written down.
    """

    retry = True


class BudgetSpent(Held):
    """This month's megabytes. Details: `amount` in MB, `until`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This month's {amount} MB are used up. What came is kept; it goes on by itself on {until}, "
        "or raise the budget in the settings.",
    )


class DayBudgetSpent(BudgetSpent):
    """Today's megabytes. Details: `amount` in MB, `until`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Today's {amount} MB are used up. What came is kept; it goes on by itself on {until}, "
        "or raise the budget in the settings.",
    )


class OutsideHours(Held):
    """Not at this time of day. Details: `until`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Downloads rest until {until}, as the settings say. What came is kept; it goes on by "
        "itself then, or start it now by hand.",
    )


class MeteredLink(Held):
    """The line is paid by the megabyte, and nobody asked."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This line is paid by the megabyte, so nothing big is fetched by itself. What came is "
        "kept; start it by hand, or change this in the settings.",
    )


class ContentProblem(PlayerError):
    """What came is not what was promised. Nothing of it was kept, nothing older was touched."""


class NotARepository(ContentProblem):
    """No catalogue there. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "There is no course repository at {place}. Check the address or choose another folder.",
    )


class Malformed(ContentProblem):
    """A document breaks the format. Details: `document`, `reason` (with its path in the file)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} cannot be read: {reason}. What was here before is kept; "
        "tell whoever publishes it.",
    )


class NewerFormat(ContentProblem):
    """A major version after ours. Details: `document`, `format`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} is made for a newer Cartable (format {format}). "
        "Install the newer version to use it; everything here stays as it is.",
    )


class Unsigned(ContentProblem):
    """No signature at all. Details: `document`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} is not signed, so nobody can say who made it. "
        "It is opened only if you allow unsigned courses from this place.",
    )


class UntrustedKey(ContentProblem):
    """Signed, by a key nobody told us to trust. Details: `document`, `key` (its id).

    `public` may be added: the key itself as the repository offers it, for a person to allow.
    """

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} is signed by someone this computer does not know (key {key}). "
        "If you know that key is right, allow it for this place.",
    )


class RevokedKey(ContentProblem):
    """Signed with a key that its own publisher took back. Details: `document`, `key` (its id)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} is signed with a key that its publisher has withdrawn (key {key}), so it is "
        "not believed any more. Courses that are here stay usable; ask the publisher for a new "
        "address or a new platform file.",
    )


class BadSignature(ContentProblem):
    """The bytes and the signature do not belong together. Details: `document`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{document} does not match its signature: it was changed on the way, or is only half "
        "uploaded. What was here before is kept; try again later.",
    )


class OlderCatalogue(ContentProblem):
    """A rollback. Details: `place`, `offered` and `known` (catalogue numbers)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} offers an older catalogue (number {offered}) than the one already seen "
        "(number {known}). The newer one is kept, and nothing of yours changes. Look again later; "
        "if it stays so, tell whoever runs that place, or forget its address in the settings.",
    )


class OlderVersion(ContentProblem):
    """A rollback of one course. Details: `title`, `offered` and `known` (versions)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{title}” is offered there in version {offered}, older than version {known} that was "
        "already seen. This one offer is left out; if you expected it, ask its publisher.",
    )


class Stale(ContentProblem):
    """No news where there should be some: a notice, never raised. Details: `place`, `date`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} promised news by {date}, and none has come: perhaps something on the way holds it "
        "back, or this computer's clock is wrong. What is known stays usable. Check the date, then "
        "look again, from another network if you can.",
    )


class ClockBehind(ContentProblem):
    """The clock stands before what was already signed: a notice, never raised.

    Details: `date` of this PC, and that of the `newest` thing signed.
    """

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The clock of this computer is behind: it says {date}, but a list of courses that is here "
        "was signed on {newest}. Set the clock; until then there may be no safe connection, and "
        "what you do is kept with a wrong date. What is here stays usable.",
    )


class NotOffered(ContentProblem):
    """No such course or section. Details: `what`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{what} is not offered by any repository known here. Look for courses again."
    )


class Damaged(ContentProblem):
    """Bytes that do not have the promised hash. Details: `what`, `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{what} arrived damaged from {place} and was not kept. It will be fetched again; "
        "if that does not help, the copy over there is bad.",
    )


class StorageProblem(PlayerError):
    """This PC: the disk or the database."""


class DiskFull(StorageProblem):
    """Details: `place`, `needed` and `free` in words (with their unit)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The disk is full: {needed} are needed at {place}, {free} are free. "
        "What has come so far is kept. Free some space, then go on.",
    )


class NotWritable(StorageProblem):
    """Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "Cartable may not write to {place}. Choose another folder or ask for permission."
    )


class DriveGone(StorageProblem):
    """The courses lie on a drive that is not there. Details: `place`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The drive with your courses is not plugged in ({place}). Your work is safe on this "
        "computer. Plug the drive in, and it goes on.",
    )


class DatabaseTooNew(StorageProblem):
    """A newer Cartable wrote it. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} was written by a newer Cartable. It was left untouched. Start the newer version.",
    )


class DatabaseBusy(StorageProblem):
    """Another program holds the database. Details: `place`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place} is in use by another program. Nothing was changed; try again."
    )


class FilesBusy(DatabaseBusy):
    """Somebody downloads, moves, mends or frees the files of the courses. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The files of the courses are in use: another Cartable on this computer downloads, moves "
        "or mends them. Nothing was changed; try again when it has ended.",
    )


class DatabaseDamaged(StorageProblem):
    """SQLite cannot read it. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is damaged and was left as it is. Keep a copy: whoever helps you may save what "
        "is in it. To begin anew, move it away.",
    )


class LessonProblem(PlayerError):
    """One activity cannot be shown; everything else goes on."""


class NotHere(LessonProblem):
    """Not fetched yet. Details: `what`."""

    sentence = QT_TRANSLATE_NOOP("errors", "{what} is not on this computer yet. Download it first.")


class Unplayable(LessonProblem):
    """No decoder, or a broken file. Details: `what`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{what} cannot be played on this computer ({reason}). The transcript can be read instead.",
    )


class Unsupported(LessonProblem):
    """A kind of activity or question this version does not know. Details: `what`, `kind`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{what} needs a newer Cartable (kind “{kind}”). The rest of the course works."
    )


class TimeIsUp(LessonProblem):
    """An answer after the end of an exam."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The time is up. The exam was handed in with everything that you had answered until then.",
    )


class HandedIn(LessonProblem):
    """The attempt ended in another window."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This attempt was handed in elsewhere, so nothing more is taken. Open the activity again "
        "to see the result.",
    )


class FileProblem(PlayerError):
    """A file that was to be handed in. It alone was not taken; what was chosen before stays."""


class NotAFile(FileProblem):
    """A folder, a link, a device. Details: `name`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” is no file but a folder, a link or a device. It was not added; choose the file "
        "itself.",
    )


class FileIsEmpty(FileProblem):
    """Nothing in it. Details: `name`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” is empty, 0 bytes, and was not added. Perhaps it was not saved yet: save it in "
        "the program that made it, and choose it again.",
    )


class FileTooLarge(FileProblem):
    """More than the course takes. Details: `name`, `size`, `most`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” is {size}, and a file may be {most} here. It was not added; make it smaller, "
        "or hand in a part of it.",
    )


class FileNotAccepted(FileProblem):
    """Of another type than the course asks for. Details: `name`, `types`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "“{name}” was not added: what is asked for here is {types}."
    )


class FileGone(FileProblem):
    """It cannot be read, or not to its end. Details: `name`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” cannot be read to its end, and was not added. If it lies on a stick or a "
        "telephone, plug that in again and choose the file once more.",
    )


class SyncProblem(PlayerError):
    """The platform does not take what the learner did. It stays saved here."""


class NoPlatform(SyncProblem):
    """Nothing to send to."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "No platform is set, so nothing can be sent. Your work is saved on this computer. "
        "Add a platform in the settings, or with `cartable join`.",
    )


class NotAdmitted(SyncProblem):
    """A key that the store does not know, or no longer. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} does not accept this computer's key ({reason}). Your work stays saved here. "
        "Ask whoever runs the platform for a new one.",
    )


class NotPermitted(SyncProblem):
    """A key that is known, and may not write. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} knows this computer, but does not let it hand in work ({reason}). Your work stays "
        "saved here. Ask whoever runs the platform for the right to write.",
    )


class MayNotRead(SyncProblem):
    """A key that is for writing only. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} does not let this computer read what was done elsewhere ({reason}). Your work "
        "here stays saved. Ask whoever runs the platform for the right to read, or carry the work "
        "over as a file.",
    )


class NothingToBring(SyncProblem):
    """All was read, and nothing of it was done elsewhere. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} shows nothing that you did on another computer. Send it from there first. If you "
        "have, this computer may only read what it sent itself: ask whoever runs the platform for "
        "the right to read.",
    )


class SignInNeeded(SyncProblem):
    """Nobody is signed in, or no longer: it ended, or was taken back. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} asks you to sign in before it takes your work. Everything stays saved here and "
        "leaves once you have signed in.",
    )


class SignInFailed(SyncProblem):
    """Somebody tried, and it came to nothing. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Signing in at {place} did not work ({reason}). Your work stays saved here; try again.",
    )


class WrongEndpoint(SyncProblem):
    """404, 405, 410, or moved for good. Details: `place`, `status`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "There is no learning record store at {place} (HTTP {status}). Your work stays saved "
        "here. Check the platform's address.",
    )


class Rejected(SyncProblem):
    """One statement refused for good; used as the reason of its row. Details: `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "The platform refused this: {reason}. It stays saved here and can be sent again."
    )


class CourierProblem(PlayerError):
    """What is carried by hand between a PC and the platform, or between two PCs of a learner."""


class BundleDamaged(CourierProblem):
    """Not a bundle, half of one, or one that was altered. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is damaged, was changed on the way, or is no bundle of work. Nothing of it was "
        "taken. The work is still on the computer it came from: pack it again there.",
    )


class SealedForOthers(CourierProblem):
    """No key here opens it. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is sealed for somebody else, or was changed on the way: no key here opens it. "
        "Nothing of it was taken. Bring it to an office of its own platform.",
    )


class WrongPassphrase(CourierProblem):
    """Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This is not the passphrase of {place}, or the file was changed on the way. Nothing of it "
        "was taken. Type the passphrase as it was typed where the file was made.",
    )


class BadReceipt(CourierProblem):
    """Forged, altered, or signed by nobody who may. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is no receipt of your platform: it was changed on the way, or signed by somebody "
        "who is no office of your platform. Nothing in it was believed. Your work stays saved.",
    )


class OtherPlatform(CourierProblem):
    """Details: `place`, `theirs` (the home of its platform)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} belongs to another platform ({theirs}), not to the one of this computer. "
        "Nothing of it was taken.",
    )


class NoRecipients(CourierProblem):
    """The platform file names nobody to seal for. Details: `name` of the platform."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The platform file of {name} does not say for whom carried work is to be sealed, so "
        "nothing was packed. Ask whoever runs the platform for a newer one. Your work is saved.",
    )


class OtherLearner(CourierProblem):
    """Details: `place`, `theirs` and `ours` (names)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is the work of {theirs}, and on this computer {ours} has worked already. Nothing "
        "of it was taken, so that nobody's work is mixed with another's.",
    )


class OthersCode(OtherLearner):
    """Details: `ours` (a name)."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This is the code of somebody else, and on this computer {ours} has worked already. "
        "Nothing was changed, so that nobody's work is mixed with another's.",
    )


class WrongCode(CourierProblem):
    """A learner's code that was mistyped."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "This code is not right: a letter is missing or mistyped. Nothing was changed. Compare it "
        "with the one that the other computer shows.",
    )


class BadLetter(CourierProblem):
    """Altered, half of one, or signed by nobody who may. Details: `place`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is no message of your platform: it was changed on the way, is only half there, or "
        "was signed by somebody else. Nothing of it was taken, what came before is kept, and it "
        "will be asked for again.",
    )


class StrayLetter(CourierProblem):
    """The platform's own, but for another course, learner, computer or number. Details: `place`."""

    retry = True
    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is a message to somebody else, or has another number than its name says. Nothing "
        "of it was taken, and it will be asked for again. If that stays so, tell whoever runs the "
        "platform.",
    )


class NeighbourProblem(PlayerError):
    """The PC next door: lending to it, borrowing from it."""


class NotAPeer(NeighbourProblem):
    """Not the address of a PC in this network. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} is not the address of a computer in this network. Type it as the other computer "
        "shows it, for example 192.168.1.20:7717.",
    )


class PortTaken(NeighbourProblem):
    """The port cannot be listened on. Details: `port`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "Nothing can be lent on port {port} ({reason}): perhaps Cartable lends already, or another "
        "program is there. Choose another port.",
    )


class NoDisplay(PlayerError):
    """Nothing to show a window on."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "There is no display here, so the window cannot open. Every stage is a command too: "
        "`cartable --help` names them.",
    )


class DeskProblem(PlayerError):
    """What whoever runs a platform gave."""


class BadMark(DeskProblem):
    """One row of a table of marks. Details: `place`, `line`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place}, line {line}: {reason}. This row was left out; the others were not."
    )


class BadMarkTable(DeskProblem):
    """No table of marks, or no more of it from here. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{place} cannot be read as a table of marks: {reason}. What could be read was taken; the "
        "rest stays in the file.",
    )


class MarkRefused(DeskProblem):
    """Details: `act`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The store refused the mark of the act {act}: {reason}. The other marks were not stopped.",
    )


class NoKeyFor(DeskProblem):
    """Details: `what`, `version`, `count`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{count} attempts at “{what}” were made in version {version} of the course, and no key file"
        " of that version was given. They were left as they are; give that file too.",
    )


class BadNotice(DeskProblem):
    """An announcement or a digest that is none. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP("errors", "{place} is not sent: {reason}. No letter was written.")


class BadNames(DeskProblem):
    """A table of names that is none. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place} cannot be used as names: {reason}. No attestation was issued."
    )


class BadPiece(DeskProblem):
    """A piece of a file, or what came of all of them. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place} was left aside: {reason}. All others were opened."
    )


class AttestationProblem(PlayerError):
    """An attestation that is not there, or cannot be looked at."""


class NotYetMet(AttestationProblem):
    """The course asks for more. Details: `course`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "{course} asks for more before its attestation: its page shows what is still missing.",
    )


class NoCredential(AttestationProblem):
    """Nothing came from the platform for it. Details: `course`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The platform has not confirmed anything for {course} yet: there is no credential.",
    )


class TooLarge(AttestationProblem):
    """Far more than a credential can be. Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place} is far too large to be a credential, so it was not looked at."
    )


class PublishProblem(PlayerError):
    """What an author gave."""


class SourceFaults(PublishProblem):
    """A course source with mistakes. Details: `source`, `count`; `faults` lists them all."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{source} has mistakes ({count}), so nothing was published. Each is listed."
    )

    def __init__(self, faults: tuple[object, ...], source: object) -> None:
        self.faults = faults
        super().__init__(source=source, count=len(faults))


class NotAFolder(PublishProblem):
    """Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP("errors", "{place} cannot be used: {reason}.")


class BadKey(PublishProblem):
    """Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP("errors", "The key in {place} cannot be used: {reason}.")


class KeysInTheOpen(PublishProblem):
    """Details: `place`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The platform marks in this course, and its keys would lie in {place}, where learners can"
        " fetch them. Nothing was published. Name another folder for them.",
    )


class BadExport(PublishProblem):
    """Not an export we can read. Details: `place`, `reason`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors", "{place} cannot be imported: {reason}. Nothing was written."
    )


class NotYoursToChange(PublishProblem):
    """A licence that allows no changed versions. Details: `title`, `licence`, `what`."""

    sentence = QT_TRANSLATE_NOOP(
        "errors",
        "The licence of {title} ({licence}) allows no changed versions, and {what}. Nothing was"
        " written, the original is as it was. If its owner has permitted it, add --i-may-adapt.",
    )
