# SPDX-License-Identifier: Apache-2.0
"""The whole database on one page: tables by migration, then views.

Tables are made and changed by migrations, in order, each once. Views hold no data: they are dropped
and made anew at each start, so that a change of a view is no migration.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

VERSION = 2  # `PRAGMA user_version`: a database with a greater one is left untouched

migrations = Migrations("player")


@migrations()
def m001_catalogue(db: Database) -> None:
    """What exists: repositories and the courses they offer."""
    _run(
        db,
        """
        CREATE TABLE repositories (
            url TEXT PRIMARY KEY,           -- ends in '/'
            title TEXT NOT NULL DEFAULT '',
            number INTEGER NOT NULL DEFAULT 0,  -- the highest catalogue number ever verified
            etag TEXT NOT NULL DEFAULT '',
            trust TEXT NOT NULL DEFAULT '',     -- 'trusted', 'untrusted' or 'unsigned'
            key TEXT NOT NULL DEFAULT '',       -- id of the key that signed it
            refreshed_at TEXT,                  -- RFC 3339, UTC; the last success
            problem TEXT NOT NULL DEFAULT ''    -- the last failure; '' after a success
        ) STRICT;
        CREATE TABLE offers (
            repository TEXT NOT NULL REFERENCES repositories(url) ON DELETE CASCADE,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            language TEXT NOT NULL,
            offer TEXT NOT NULL,                -- the catalogue's entry, JSON
            PRIMARY KEY (course, repository)
        ) STRICT;
        """,
    )


@migrations()
def m002_store(db: Database) -> None:
    """What we have and what we want: courses and blobs."""
    _run(
        db,
        """
        CREATE TABLE courses (
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            language TEXT NOT NULL,
            summary TEXT NOT NULL,
            activities INTEGER NOT NULL,
            repository TEXT NOT NULL,           -- where it came from
            trust TEXT NOT NULL,
            manifest BLOB NOT NULL,             -- the verified bytes, unknown fields included
            added_at TEXT NOT NULL,
            PRIMARY KEY (id, version)
        ) STRICT;
        CREATE TABLE wishes (                   -- what the learner asked to have here
            course TEXT NOT NULL,
            section TEXT NOT NULL,
            rendition TEXT NOT NULL,            -- '' without video
            asked_at TEXT NOT NULL,
            paused INTEGER NOT NULL DEFAULT 0,
            problem TEXT NOT NULL DEFAULT '',   -- why it does not move, as a sentence
            PRIMARY KEY (course, section)
        ) STRICT;
        CREATE TABLE blobs (                    -- what is whole and verified, nothing else
            sha256 TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            added_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    )


@migrations()
def m003_journal(db: Database) -> None:
    """What the learner did: written once, never changed."""
    _run(
        db,
        """
        CREATE TABLE learners (
            id TEXT PRIMARY KEY,                -- UUID; the account name on the platform
            name TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,            -- UUID; the statement's id too
            learner TEXT NOT NULL REFERENCES learners(id),
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            activity TEXT NOT NULL,             -- '' when it concerns the course
            kind TEXT NOT NULL,
            payload TEXT NOT NULL,              -- JSON of player.journal.events
            at TEXT NOT NULL,                   -- the wall clock: RFC 3339, UTC, milliseconds
            monotonic REAL NOT NULL,            -- seconds since boot
            boot TEXT NOT NULL,                 -- which boot
            previous TEXT NOT NULL,             -- hash of the row before
            hash TEXT NOT NULL                  -- SHA-256 over all of the above but seq
        ) STRICT;
        CREATE INDEX events_by_course ON events (learner, course);
        CREATE INDEX events_by_kind ON events (learner, kind, course, activity);
        CREATE TRIGGER events_are_final BEFORE UPDATE ON events
            BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
        CREATE TRIGGER events_stay BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
        """,
    )


@migrations()
def m004_deliveries(db: Database) -> None:
    """How far each event is on its way to the platform."""
    _run(
        db,
        """
        CREATE TABLE deliveries (
            seq INTEGER PRIMARY KEY REFERENCES events(seq),
            event TEXT NOT NULL UNIQUE REFERENCES events(id),
            learner TEXT NOT NULL,              -- as in the event: counting by it must be quick
            state TEXT NOT NULL CHECK (state IN ('ready', 'sent', 'received', 'refused', 'local')),
            reason TEXT NOT NULL DEFAULT '',
            tries INTEGER NOT NULL DEFAULT 0,
            sent_at TEXT,
            received_at TEXT,
            statement BLOB                      -- rendered once; NULL: none is owed
        ) STRICT;
        CREATE INDEX deliveries_by_state ON deliveries (learner, state);
        CREATE INDEX deliveries_open ON deliveries (seq) WHERE state IN ('ready', 'sent');
        CREATE TRIGGER statements_are_final BEFORE UPDATE OF event, statement ON deliveries
            WHEN OLD.statement IS NOT NEW.statement OR OLD.event IS NOT NEW.event
            BEGIN SELECT RAISE(ABORT, 'a statement is rendered once'); END;
        CREATE TRIGGER receipts_stay BEFORE UPDATE OF state ON deliveries
            WHEN OLD.state = 'received' AND NEW.state <> 'received'
            BEGIN SELECT RAISE(ABORT, 'a receipt is never taken back'); END;
        CREATE TRIGGER deliveries_stay BEFORE DELETE ON deliveries
            BEGIN SELECT RAISE(ABORT, 'a delivery is never deleted'); END;
        """,
    )


@migrations()
def m008_traffic(db: Database) -> None:
    """What the line was used for, by day: the learner pays for it."""
    _run(
        db,
        """
        CREATE TABLE traffic (
            day TEXT NOT NULL,                  -- YYYY-MM-DD, local
            kind TEXT NOT NULL,                 -- 'content', 'catalogue', 'answers'
            course TEXT NOT NULL DEFAULT '',    -- '' where it is of none or unknown
            content INTEGER NOT NULL DEFAULT 0,     -- bytes of bodies, as they came over the line
            overhead INTEGER NOT NULL DEFAULT 0,    -- bytes of heads and redirections
            PRIMARY KEY (day, kind, course)
        ) STRICT;
        """,
    )


@migrations()
def m005_wishes(db: Database) -> None:
    """A wish may be for one activity, has its languages and its place in the queue."""
    _run(
        db,
        """
        CREATE TABLE wishes_new (               -- what the learner asked to have here
            course TEXT NOT NULL,
            section TEXT NOT NULL,
            activity TEXT NOT NULL DEFAULT '',  -- '': the whole section
            rendition TEXT NOT NULL,            -- '' without video
            languages TEXT NOT NULL DEFAULT '', -- of captions, with blanks between; '' all of them
            place INTEGER NOT NULL,             -- in the queue, from the front
            asked_at TEXT NOT NULL,
            held INTEGER NOT NULL DEFAULT 0,    -- the learner has it wait
            rests INTEGER NOT NULL DEFAULT 0,   -- no more use before somebody asks again
            problem TEXT NOT NULL DEFAULT '',   -- why it does not move, as a sentence
            PRIMARY KEY (course, section, activity)
        ) STRICT;
        INSERT INTO wishes_new (course, section, rendition, place, asked_at, rests, problem)
            SELECT course, section, rendition,
                   row_number() OVER (ORDER BY asked_at, rowid), asked_at, paused, problem
            FROM wishes;
        DROP TABLE wishes;
        ALTER TABLE wishes_new RENAME TO wishes;
        """,
    )


@migrations()
def m006_faults(db: Database) -> None:
    """Pieces that came wrong: what was wrong twice is not asked from there again."""
    _run(
        db,
        """
        CREATE TABLE faults (
            source TEXT NOT NULL,               -- URL of a repository
            piece TEXT NOT NULL,                -- its SHA-256
            times INTEGER NOT NULL,
            PRIMARY KEY (source, piece)
        ) STRICT, WITHOUT ROWID;
        """,
    )


@migrations()
def m007_trust(db: Database) -> None:
    """Whom to believe as time goes by: documents as they came, keys that follow keys, versions."""
    _run(
        db,
        """
        ALTER TABLE repositories ADD COLUMN etag_of TEXT NOT NULL DEFAULT '';   -- URL of that etag
        ALTER TABLE repositories ADD COLUMN packed INTEGER NOT NULL DEFAULT 1;  -- 0: has no .gz
        ALTER TABLE repositories ADD COLUMN catalogue BLOB;     -- the bytes that were believed
        ALTER TABLE repositories ADD COLUMN minisig BLOB;       -- their signature
        ALTER TABLE repositories ADD COLUMN mirrors TEXT NOT NULL DEFAULT '[]'; -- URLs, JSON
        ALTER TABLE repositories ADD COLUMN issued TEXT NOT NULL DEFAULT '';    -- as they say
        ALTER TABLE repositories ADD COLUMN fresh_until TEXT NOT NULL DEFAULT '';
        ALTER TABLE repositories ADD COLUMN publisher INTEGER NOT NULL DEFAULT 0;
                                                -- number of the last publisher document accepted
        ALTER TABLE repositories ADD COLUMN notice TEXT NOT NULL DEFAULT '';    -- no fault; a word
        ALTER TABLE offers ADD COLUMN problem TEXT NOT NULL DEFAULT ''; -- why it is not taken
        CREATE TABLE versions (                 -- the highest ever verified
            course TEXT NOT NULL,
            key TEXT NOT NULL,                  -- id of the key that signed
            version INTEGER NOT NULL,
            PRIMARY KEY (course, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE documents (                -- publisher documents and their signatures, to lend
            repository TEXT NOT NULL REFERENCES repositories(url) ON DELETE CASCADE,
            path TEXT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (repository, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE publisher_keys (           -- what publisher documents said, for good
            public TEXT PRIMARY KEY,            -- as minisign writes it
            id TEXT NOT NULL,
            family TEXT NOT NULL,               -- keys of one publisher have the same
            revoked_at TEXT NOT NULL DEFAULT '' -- '' while it holds
        ) STRICT, WITHOUT ROWID;
        """,
    )


@migrations()
def m009_versions(db: Database) -> None:
    """A course has one version that is shown, and may have one that is coming."""
    _run(
        db,
        """
        ALTER TABLE courses ADD COLUMN stage TEXT NOT NULL DEFAULT 'past'
            CHECK (stage IN ('current', 'coming', 'past')); -- past: neither; only looked at, too
        UPDATE courses SET stage = 'current'
            WHERE version = (SELECT max(version) FROM courses AS c WHERE c.id = courses.id);
        CREATE UNIQUE INDEX current_version ON courses (id) WHERE stage = 'current';
        CREATE UNIQUE INDEX coming_version ON courses (id) WHERE stage = 'coming';
        """,
    )


@migrations()
def m010_peers(db: Database) -> None:
    """The PCs next door that lend what they have."""
    _run(
        db,
        """
        CREATE TABLE peers (
            url TEXT PRIMARY KEY,               -- http://<address>:<port>/cartable/1/
            name TEXT NOT NULL,
            seen_at TEXT,                       -- RFC 3339, UTC; when it last answered
            problem TEXT NOT NULL DEFAULT ''    -- why it did not the last time; '' if it did
        ) STRICT;
        """,
    )


@migrations()
def m011_courier(db: Database) -> None:
    """What left as a file, and acts that came as one from another PC."""
    _run(
        db,
        """
        ALTER TABLE deliveries ADD COLUMN packed_at TEXT;   -- when it last went into a bundle
        ALTER TABLE deliveries ADD COLUMN bundle TEXT NOT NULL DEFAULT '';  -- the id of that one
        CREATE INDEX deliveries_packed ON deliveries (learner)
            WHERE state = 'ready' AND packed_at IS NOT NULL;
        CREATE TABLE origins (                  -- of acts that were done on another PC
            event TEXT PRIMARY KEY REFERENCES events(id),
            device TEXT NOT NULL,               -- that PC's public key, as minisign writes it
            previous TEXT NOT NULL,             -- as its own journal had them
            hash TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER origins_are_final BEFORE UPDATE ON origins
            BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
        CREATE TRIGGER origins_stay BEFORE DELETE ON origins
            BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
        """,
    )


@migrations()
def m012_stores(db: Database) -> None:
    """What was learnt of each learning record store."""
    _run(
        db,
        """
        CREATE TABLE stores (
            endpoint TEXT PRIMARY KEY,
            gzip TEXT NOT NULL DEFAULT '',      -- 'yes', 'no'; '' while nobody knows
            doubts INTEGER NOT NULL DEFAULT 0,  -- how often gzip came to nothing, one after another
            asked_at TEXT NOT NULL              -- RFC 3339, UTC
        ) STRICT;
        """,
    )


@migrations()
def m013_mail(db: Database) -> None:
    """What came back from the platform: written once, never changed."""
    _run(
        db,
        """
        CREATE TABLE letters (                  -- that were taken; each box counts from 1
            platform TEXT NOT NULL,             -- its home
            course TEXT NOT NULL,
            learner TEXT NOT NULL,              -- '': to everybody in the course
            recipient TEXT NOT NULL,            -- the age public key of this PC, or ''
            number INTEGER NOT NULL,
            at TEXT NOT NULL,                   -- the platform's clock: RFC 3339, UTC
            taken_at TEXT NOT NULL,
            PRIMARY KEY (platform, course, learner, recipient, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE items (                    -- what stood in them
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            platform TEXT NOT NULL,
            course TEXT NOT NULL,
            learner TEXT NOT NULL,
            id TEXT NOT NULL,
            type TEXT NOT NULL,
            at TEXT NOT NULL,
            act TEXT NOT NULL,                  -- the id of the event that it marks, or ''
            item TEXT NOT NULL,                 -- JSON, as it came
            UNIQUE (platform, course, learner, id)
        ) STRICT;
        CREATE INDEX items_by_act ON items (act, learner, course) WHERE act <> '';
        CREATE TABLE readings (                 -- which learner has read what
            learner TEXT NOT NULL,
            item INTEGER NOT NULL REFERENCES items(seq),
            at TEXT NOT NULL,
            PRIMARY KEY (learner, item)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE box_looks (                -- when a course's boxes were last asked
            platform TEXT NOT NULL,
            course TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (platform, course)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER letters_are_final BEFORE UPDATE ON letters
            BEGIN SELECT RAISE(ABORT, 'a letter is never changed'); END;
        CREATE TRIGGER letters_stay BEFORE DELETE ON letters
            BEGIN SELECT RAISE(ABORT, 'a letter is never deleted'); END;
        CREATE TRIGGER items_are_final BEFORE UPDATE ON items
            BEGIN SELECT RAISE(ABORT, 'an item is never changed'); END;
        CREATE TRIGGER items_stay BEFORE DELETE ON items
            BEGIN SELECT RAISE(ABORT, 'an item is never deleted'); END;
        """,
    )


@migrations()
def m015_home(db: Database) -> None:
    """What a learner did elsewhere and the platform tells of."""
    _run(
        db,
        """
        ALTER TABLE origins ADD COLUMN done_at TEXT NOT NULL DEFAULT ''; -- as its statement says
        DROP TRIGGER origins_are_final;
        UPDATE origins SET done_at = coalesce(
            (SELECT CAST(statement AS TEXT) ->> '$.timestamp' FROM deliveries AS d
             WHERE d.event = origins.event),
            (SELECT at FROM events WHERE events.id = origins.event));
        CREATE TRIGGER origins_are_final BEFORE UPDATE ON origins
            BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
        CREATE TABLE looks (                    -- how far each learner's acts were read back
            learner TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            elsewhere INTEGER NOT NULL DEFAULT 0,   -- 1: told to work on another PC too
            tried_at TEXT NOT NULL DEFAULT '',  -- the last look, by this PC's clock
            looked_at TEXT NOT NULL DEFAULT '', -- the last that came to its end, by the store's
            wide_at TEXT NOT NULL DEFAULT '',   -- the last of those that went far back
            kind TEXT NOT NULL DEFAULT '',      -- of the one under way: 'near', 'wide', 'whole'
            began_at TEXT NOT NULL DEFAULT '',
            more TEXT NOT NULL DEFAULT '',      -- the address where it goes on
            PRIMARY KEY (learner, endpoint)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE heard (                    -- acts of a look that is under way
            learner TEXT NOT NULL,
            id TEXT NOT NULL,
            done_at TEXT NOT NULL,
            act TEXT NOT NULL,                  -- player.journal.union.Brought, JSON
            PRIMARY KEY (learner, id)
        ) STRICT, WITHOUT ROWID;
        """,
    )


@migrations()
def m016_contact(db: Database) -> None:
    """When each store last told the time, as this PC knew that moment."""
    _run(
        db,
        """
        CREATE TABLE stores_new (
            endpoint TEXT PRIMARY KEY,
            gzip TEXT NOT NULL DEFAULT '',      -- 'yes', 'no'; '' while nobody knows
            doubts INTEGER NOT NULL DEFAULT 0,  -- how often gzip came to nothing, one after another
            asked_at TEXT NOT NULL DEFAULT '',  -- about gzip: RFC 3339, UTC
            told_at TEXT NOT NULL DEFAULT '',   -- the time: by this PC's clock; '' for never
            monotonic REAL NOT NULL DEFAULT 0,  -- seconds since boot
            boot TEXT NOT NULL DEFAULT '',      -- which boot
            clock_offset REAL NOT NULL DEFAULT 0    -- seconds: true time was `told_at` plus this
        ) STRICT;
        INSERT INTO stores_new (endpoint, gzip, doubts, asked_at)
            SELECT endpoint, gzip, doubts, asked_at FROM stores;
        DROP TABLE stores;
        ALTER TABLE stores_new RENAME TO stores;
        """,
    )


@migrations()
def m014_post(db: Database) -> None:
    """The platform's own desk: what its store told, and which letters were written of it."""
    _run(
        db,
        """
        CREATE TABLE post_acts (                -- answers and finished quizzes
            id TEXT PRIMARY KEY,                -- of the statement
            learner TEXT NOT NULL,
            course TEXT NOT NULL,
            activity TEXT NOT NULL,
            object TEXT NOT NULL,               -- the statement's own: IRI of the quiz or question
            question TEXT NOT NULL,
            response TEXT NOT NULL,
            done_at TEXT NOT NULL,
            scored INTEGER NOT NULL             -- 1: it came with a mark
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE post_marks (               -- given, and the store does not have them yet
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            act TEXT NOT NULL UNIQUE,           -- one after another
            statement BLOB NOT NULL             -- rendered once
        ) STRICT;
        CREATE TABLE post_items (               -- what letters are made of
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            course TEXT NOT NULL,
            learner TEXT NOT NULL,              -- '' for everybody
            id TEXT NOT NULL,
            at TEXT NOT NULL,
            act TEXT NOT NULL DEFAULT '',       -- of a mark
            item TEXT NOT NULL,                 -- player.journal.items, JSON
            UNIQUE (course, learner, id)
        ) STRICT;
        CREATE INDEX post_items_by_act ON post_items (act) WHERE act <> '';
        CREATE TABLE post_receipts (            -- acts that were carried and have arrived
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            course TEXT NOT NULL,
            learner TEXT NOT NULL,
            act TEXT NOT NULL,
            UNIQUE (course, learner, act)
        ) STRICT;
        CREATE TABLE post_boxes (               -- for whom letters are sealed
            course TEXT NOT NULL,
            learner TEXT NOT NULL,              -- '' for everybody, and then so is the next
            recipient TEXT NOT NULL,            -- age public key of one PC
            PRIMARY KEY (course, learner, recipient)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE post_written (             -- how far each box of a repository is
            repository TEXT NOT NULL,
            course TEXT NOT NULL,
            learner TEXT NOT NULL,
            recipient TEXT NOT NULL,
            number INTEGER NOT NULL,            -- of its last letter
            items INTEGER NOT NULL,             -- the last seq in it
            receipts INTEGER NOT NULL,
            PRIMARY KEY (repository, course, learner, recipient)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE post_letters (             -- made, and perhaps not yet in the repository
            repository TEXT NOT NULL,
            course TEXT NOT NULL,
            learner TEXT NOT NULL,
            recipient TEXT NOT NULL,
            number INTEGER NOT NULL,
            items INTEGER NOT NULL,
            receipts INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (repository, course, learner, recipient)
        ) STRICT;
        """,
    )


@migrations()
def m017_rest(db: Database) -> None:
    """How long each store asked to be left alone."""
    _run(
        db,
        """
        ALTER TABLE stores ADD COLUMN busy_at TEXT NOT NULL DEFAULT ''; -- when it did; '' for never
        ALTER TABLE stores ADD COLUMN rest INTEGER NOT NULL DEFAULT 0;  -- seconds from then
        """,
    )


@migrations()
def m018_drafts(db: Database) -> None:
    """What is typed and not answered yet."""
    _run(
        db,
        """
        CREATE TABLE drafts (
            learner TEXT NOT NULL,
            course TEXT NOT NULL,
            activity TEXT NOT NULL,
            attempt TEXT NOT NULL,
            question TEXT NOT NULL,
            given TEXT NOT NULL DEFAULT '',     -- JSON as in an answer; '' without a draft
            doubtful INTEGER NOT NULL DEFAULT 0,    -- 1: the learner wants to look at it again
            at TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (learner, course, activity, attempt, question)
        ) STRICT, WITHOUT ROWID;
        """,
    )


@migrations()
def m019_handed(db: Database) -> None:
    """Files that were handed in, and how much of each has gone to the platform."""
    _run(
        db,
        """
        CREATE TABLE handed_files (             -- one a file of an answer; the bytes in handed/
            id TEXT PRIMARY KEY,                -- chance: how its pieces are called
            act TEXT NOT NULL,                  -- the answer, events.id
            learner TEXT NOT NULL,
            course TEXT NOT NULL,
            activity TEXT NOT NULL,
            question TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (act, sha256, name)
        ) STRICT;
        CREATE TABLE handed_pieces (            -- of those, numbered from 1
            file TEXT NOT NULL REFERENCES handed_files(id),
            number INTEGER NOT NULL,
            sealed INTEGER NOT NULL DEFAULT 0,  -- bytes that left when it was last sent; 0: never
            packed_at TEXT,                     -- onto a stick; RFC 3339, UTC
            taken_at TEXT,                      -- by the drop box; never sent again after that
            PRIMARY KEY (file, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER handed_pieces_stay_taken BEFORE UPDATE OF taken_at ON handed_pieces
        WHEN old.taken_at IS NOT NULL
        BEGIN SELECT raise(ABORT, 'what was taken stays taken'); END;
        """,
    )


@migrations()
def m021_slips(db: Database) -> None:
    """Anonymous answers: apart from the journal, so that nothing told of them names anybody."""
    _run(
        db,
        """
        CREATE TABLE slips (
            id TEXT PRIMARY KEY,                -- chance; only the learner's own journal has it too
            slip TEXT NOT NULL,                 -- player.journal.slips.Slip, JSON: all that is told
            after TEXT NOT NULL,                -- not sent before: RFC 3339, UTC
            state TEXT NOT NULL DEFAULT 'ready'
                CHECK (state IN ('ready', 'packed', 'received', 'refused')),
            reason TEXT NOT NULL DEFAULT '',
            bundle TEXT NOT NULL DEFAULT ''     -- the id of the last file that it went into
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER slips_are_final BEFORE UPDATE OF id, slip ON slips
            BEGIN SELECT RAISE(ABORT, 'a slip is never changed'); END;
        CREATE TRIGGER slips_stay BEFORE DELETE ON slips
            BEGIN SELECT RAISE(ABORT, 'a slip is never deleted'); END;
        """,
    )


@migrations()
def m022_revision(db: Database) -> None:
    """What was read of the journal for the revision: it may be thrown away at any time."""
    _run(
        db,
        """
        CREATE TABLE revision (
            learner TEXT PRIMARY KEY,
            book BLOB NOT NULL                  -- player.lesson.deeds, MessagePack
        ) STRICT;
        """,
    )


@migrations()
def m023_credentials(db: Database) -> None:
    """The platform's own desk: what its store tells of each activity, for attestations."""
    _run(
        db,
        """
        CREATE TABLE post_facts (
            learner TEXT NOT NULL,
            course TEXT NOT NULL,
            activity TEXT NOT NULL,             -- '' for a claim
            act TEXT NOT NULL,                  -- the statement's id; '' for a video
            kind TEXT NOT NULL,                 -- 'watched', 'finished', 'claimed'
            version INTEGER NOT NULL,           -- of the course
            watched REAL NOT NULL DEFAULT 0,    -- share of the video, the most that was told
            length REAL NOT NULL DEFAULT 0,     -- seconds
            score REAL,                         -- 0 to 1, NULL without a mark
            at TEXT NOT NULL,                   -- RFC 3339
            PRIMARY KEY (course, learner, activity, act)
        ) STRICT, WITHOUT ROWID;
        DELETE FROM looks WHERE learner = '';   -- the desk reads its whole store once more
        """,
    )


@migrations()
def m024_attempts(db: Database) -> None:
    """To which attempt an act belongs, and in which version of the course it was done."""
    _run(
        db,
        """
        ALTER TABLE post_acts ADD COLUMN attempt TEXT NOT NULL DEFAULT '';  -- '': not said
        ALTER TABLE post_acts ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE post_acts ADD COLUMN number INTEGER NOT NULL DEFAULT 1; -- of the try
        CREATE INDEX post_acts_by_attempt ON post_acts (course, learner, activity, attempt)
            WHERE attempt <> '';
        """,
    )


@migrations()
def m025_shown(db: Database) -> None:
    """Which questions were shown when an act was done, and what its time stands on."""
    _run(
        db,
        """
        ALTER TABLE post_acts ADD COLUMN questions TEXT NOT NULL DEFAULT '';    -- '': not told
        ALTER TABLE post_acts ADD COLUMN contact TEXT NOT NULL DEFAULT '';      -- as in statements
        """,
    )


@migrations()
def m026_ended(db: Database) -> None:
    """How an attempt ended: there may be several ends, of several PCs."""
    _run(
        db,
        """
        ALTER TABLE post_acts ADD COLUMN ended TEXT NOT NULL DEFAULT '';    -- 'time': it was up
        CREATE INDEX events_ends ON events (payload ->> '$.attempt') WHERE kind = 'finished';
        """,
    )


@migrations()
def m027_before_sending(db: Database) -> None:
    """What is looked for before each sending: without these, in all that was ever done."""
    _run(
        db,
        """
        CREATE INDEX events_exams ON events (learner, course, activity)
            WHERE kind = 'begun' AND payload ->> '$.type' = 'exam';
        CREATE INDEX events_with_files ON events (seq)
            WHERE kind = 'answered' AND payload ->> '$.interaction' = 'other';
        """,
    )


@migrations()
def m028_search(db: Database) -> None:
    """What can be found: it may be thrown away and read again at any time."""
    _run(
        db,
        """
        CREATE TABLE search_rules (             -- one row: by which rules it was made
            rules TEXT NOT NULL
        ) STRICT;
        CREATE TABLE search_sources (           -- what was read, each once
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,          -- how it was read, and the hash of what
            state TEXT NOT NULL DEFAULT 'begun' CHECK (state IN ('begun', 'whole', 'unreadable')),
            tries INTEGER NOT NULL DEFAULT 0    -- not used any more
        ) STRICT;
        CREATE TABLE search_pieces (
            id INTEGER PRIMARY KEY,             -- search_sources.id * 1048576 + its place there
            text TEXT NOT NULL,                 -- as it stands there
            page INTEGER,                       -- from 1
            seconds TEXT NOT NULL DEFAULT ''    -- JSON: [[letter, second], …], each from there on
        ) STRICT;
        CREATE VIRTUAL TABLE search_words USING fts5(   -- rowid: search_pieces.id
            words, content = '', prefix = '2 3', tokenize = 'ascii'
        );
        """,
    )


@migrations()
def m029_outside(db: Database) -> None:
    """What the library shows of a course that is here beside its title: licence, languages."""
    _run(
        db,
        """
        ALTER TABLE courses ADD COLUMN about TEXT NOT NULL DEFAULT '{}'; -- JSON, versions.Outside
        UPDATE courses SET about = json_object(
            'licence', json(coalesce(CAST(manifest AS TEXT) -> '$.licence', '{"id":""}')),
            'translations', (
                SELECT json_group_array(json_object(
                    'language', value ->> '$.language',
                    'title', coalesce(value ->> '$.title', ''),
                    'summary', coalesce(value ->> '$.summary', '')))
                FROM json_each(CAST(manifest AS TEXT), '$.translations')))
        WHERE json_valid(CAST(manifest AS TEXT));
        """,
    )


def _run(db: Database, script: str) -> None:
    """Run each statement of `script` inside the migration's own transaction.

    sqlite3's `executescript` would commit that transaction first.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


_SECOND = """
    SELECT id, course, activity FROM (
        SELECT id, course, activity, row_number() OVER (
            PARTITION BY learner, course, activity, attempt ORDER BY since, -score, id
        ) AS place
        FROM (
            SELECT *, iif(by_time, min(iif(by_time, at, NULL)) OVER (
                PARTITION BY learner, course, activity, attempt
            ), at) AS since
            FROM {}
        )
    ) WHERE place > 1
"""
"""Ends of attempts that do not count. An attempt that two PCs ended counts as it was handed in
first. Where its time was up on both, nobody did: then the better end counts, for each knows only
what was typed there in time."""

VIEWS = {
    "current_courses": """
        SELECT * FROM courses AS c WHERE stage = 'current'
    """,
    "best_offers": """
        SELECT * FROM (                         -- a known signer comes before a greater version
            SELECT o.*, r.trust, r.key, row_number() OVER (
                PARTITION BY o.course ORDER BY
                    r.trust = 'revoked', r.trust <> 'trusted', o.version DESC, o.repository
            ) AS place
            FROM offers AS o JOIN repositories AS r ON r.url = o.repository
            WHERE o.problem = ''
        ) WHERE place = 1
    """,
    "progress": """
        SELECT learner, course, activity,
               min(CASE WHEN kind IN ('completed', 'confided') THEN at END) AS completed_at,
               max(CASE WHEN kind = 'finished' THEN
                   (SELECT score FROM finishes AS f WHERE f.seq = events.seq) END) AS best_score,
               max(at) AS last_at
        FROM events WHERE activity <> '' GROUP BY learner, course, activity
    """,
    "finishes": """
        SELECT seq, coalesce(mark ->> '$.score', own) AS score,
               mark IS NOT NULL AND coalesce(mark ->> '$.score', own) IS NULL AS is_void
        FROM (                                  -- the platform's mark before our own
            SELECT e.seq,
                   CASE WHEN payload ->> '$.out_of' > 0 THEN payload ->> '$.score' END AS own,
                   (SELECT i.item FROM items AS i
                    WHERE i.act = e.id AND i.learner = e.learner AND i.course = e.course
                    ORDER BY i.at DESC, i.seq DESC LIMIT 1) AS mark
            FROM events AS e WHERE kind = 'finished'
                AND (NOT EXISTS (SELECT 1 FROM origins)    -- else all that was ever ended is read
                     OR id NOT IN (SELECT id FROM second_ends))
        )
    """,
    "ends": """
        SELECT e.id, e.learner, course, activity, payload ->> '$.attempt' AS attempt,
               coalesce(payload ->> '$.ended' = 'time', 0) AS by_time,
               payload ->> '$.score' AS score,
               coalesce(o.done_at, CAST(d.statement AS TEXT) ->> '$.timestamp', at) AS at
        FROM events AS e
        LEFT JOIN origins AS o ON o.event = e.id LEFT JOIN deliveries AS d ON d.seq = e.seq
        WHERE kind = 'finished' AND EXISTS (SELECT 1 FROM origins)  -- one PC ends it once
            AND EXISTS (
                SELECT 1 FROM events AS also WHERE also.kind = 'finished' AND also.seq <> e.seq
                AND also.payload ->> '$.attempt' = e.payload ->> '$.attempt'
            )
    """,
    "second_ends": _SECOND.format("ends"),
    "post_ends": """
        SELECT a.id, f.learner, f.course, f.activity, a.attempt, a.ended = 'time' AS by_time,
               coalesce(f.score, 0) AS score, f.at
        FROM post_facts AS f CROSS JOIN post_acts AS a ON a.id = f.act  -- by course, not by attempt
        WHERE f.kind = 'finished' AND a.attempt <> ''
    """,
    "post_second_ends": _SECOND.format("post_ends"),
    "course_progress": """
        SELECT learner, course, count(DISTINCT activity) AS completed
        FROM events WHERE kind = 'completed' GROUP BY learner, course
    """,
    "course_confided": """
        SELECT learner, course, count(DISTINCT activity) AS completed
        FROM events WHERE kind = 'confided' GROUP BY learner, course
    """,
    "marks": """
        SELECT e.id AS event, e.seq, e.learner, i.seq AS place, i.at, i.item
        FROM items AS i                         -- a mark is for its own learner's acts alone
        JOIN events AS e ON e.id = i.act AND e.learner = i.learner AND e.course = i.course
        WHERE i.act <> ''
    """,
    "ledger": """
        SELECT e.*, coalesce(d.state, 'saved') AS state, coalesce(d.reason, '') AS reason,
               d.packed_at, d.sent_at, d.received_at,
               EXISTS (
                   SELECT 1 FROM items AS i WHERE i.act = e.id AND i.act <> ''
                   AND i.learner = e.learner AND i.course = e.course
               ) AS is_marked
        FROM events AS e LEFT JOIN deliveries AS d ON d.seq = e.seq
    """,
}
