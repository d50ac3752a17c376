"""A ZIP whose bytes depend on its content alone: sorted paths, one date, fixed modes, one level of compression.

The format leaves open which of many encodings of the same content a compressor chooses: archives are equal byte by
byte on all machines with the same zlib. A variant (zlib-ng, which some distributions build Python with) makes another
archive of the same files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
LEVEL = 6
UNIX = 3
REGULAR = 0o100000


def pack(files: Mapping[str, tuple[bytes, int]], *, folder: str = "", level: int = LEVEL) -> bytes:
    """Pack files.

    Args:
        files: path → content and mode.
        folder: what every path begins with, such as "generated/".
        level: of compression, 1 (quick) to 9 (small).
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            content, mode = files[path]
            info = zipfile.ZipInfo(folder + path, DATE)
            info.create_system = UNIX
            info.external_attr = (REGULAR | mode) << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()
