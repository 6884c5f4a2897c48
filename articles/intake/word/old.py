"""What an older Word or WPS saved (.doc, .wps, .rtf), made a .docx by LibreOffice where it is installed.

LibreOffice writes files, so it cannot run as the probes do. It gets a folder of its own, which holds nothing
but the file and a profile made for this run; its time, memory and output are bounded, and it ends with all it
started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from articles.intake.refusals import Refused
from media.child import MEGABYTE

PROGRAM = "soffice"
MAX_BYTES = 50 * MEGABYTE
MAX_OUTPUT = 200 * MEGABYTE
CPU_SECONDS = 60
WALL_SECONDS = 90
MEMORY = 4096 * MEGABYTE  # of address space, of which it asks for more than it uses
_AT_ONCE = threading.BoundedSemaphore(1)  # it wants half a gigabyte
PATIENCE = 2 * WALL_SECONDS

# No macro runs, and nothing is fetched that a document names.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
# The limits of a shell are in blocks of 512 bytes for files and in kilobytes for memory.
_LIMITED = (
    f"ulimit -c 0; ulimit -t {CPU_SECONDS}; ulimit -f {MAX_OUTPUT // 512}; ulimit -v {MEMORY // 1024}; "
    'exec "$@"'
)


def as_docx(data: bytes, name: str = "") -> bytes:
    """The .docx that LibreOffice makes of the file. Raises Refused."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Refused("old_word", name)
    if len(data) > MAX_BYTES:
        raise Refused("large", name, size=len(data), limit=MAX_BYTES)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused("busy", name)
    try:
        with tempfile.TemporaryDirectory(prefix="newsroom-word-") as folder:
            return _converted(program, Path(folder), data, name)
    finally:
        _AT_ONCE.release()


def _converted(program: str, folder: Path, data: bytes, name: str) -> bytes:
    profile, came, made = folder / "profile", folder / "came.doc", folder / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    came.write_bytes(data)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nodefault", "--nolockcheck", "--convert-to", "docx", "--outdir", str(made), str(came)]
    if not _ran(command, folder):
        raise Refused("slow", name)
    docx = made / "came.docx"
    if not docx.is_file() or docx.stat().st_size > MAX_OUTPUT:
        raise Refused("broken", name)
    return docx.read_bytes()


def _ran(command: list[str], folder: Path) -> bool:
    """Whether it ended in time. It may start others, so all of its group are ended."""
    path = os.environ.get("PATH", os.defpath)
    process = subprocess.Popen(
        ["sh", "-c", _LIMITED, "sh", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        process.wait(WALL_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode not in (-signal.SIGXCPU, -signal.SIGKILL)
