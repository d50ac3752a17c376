import hashlib
import subprocess
import sys
import zipfile
from io import BytesIO

from iopeer_core.tree.archive import pack


def test_the_same_files_give_the_same_bytes_in_any_order_and_process() -> None:
    files = {f"f{n}": (bytes([n]) * n, 0o644) for n in range(100)}
    once = pack(files, folder="g/")
    assert pack(dict(reversed(files.items())), folder="g/") == once
    code = (
        "import hashlib\nfrom iopeer_core.tree.archive import pack\n"
        "print(hashlib.sha256(pack({f'f{n}': (bytes([n]) * n, 0o644) for n in range(100)}, folder='g/')).hexdigest())"
    )
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == hashlib.sha256(once).hexdigest()


def test_keeps_modes_and_content() -> None:
    with zipfile.ZipFile(BytesIO(pack({"run": (b"x", 0o755), "é": (b"y", 0o644)}))) as archive:
        assert {i.filename: (i.external_attr >> 16) & 0o777 for i in archive.infolist()} == {"run": 0o755, "é": 0o644}
        assert archive.read("é") == b"y"
        assert archive.testzip() is None
