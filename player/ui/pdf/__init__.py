# SPDX-License-Identifier: Apache-2.0
"""A PDF, read and drawn by a process of its own: the window never opens the file.

    pages (a widget) ─► file (asks, waits, gives up) ═ pipe ═► reader (QtPdf, in its process)

docs/decisions/0035 says why.
"""

import struct

HEAD = struct.Struct("<II")
"""Before each answer of the reader: bytes of JSON, bytes of a picture."""
