"""A ZIP whose bytes depend on its content alone: sorted paths, one date, fixed modes, one level of compression."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
LEVEL = 6
UNIX = 3


def pack(files: Mapping[str, tuple[bytes, int]], *, folder: str = "") -> bytes:
    """Pack files.

    Args:
        files: path → content and mode.
        folder: what every path begins with, such as "generated/".

    Returns:
        The archive; the same bytes for the same files (and the same zlib, whose output the format leaves open).
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for path in sorted(files):
            content, mode = files[path]
            info = zipfile.ZipInfo(folder + path, DATE)
            info.create_system = UNIX
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, content)
    return buffer.getvalue()
