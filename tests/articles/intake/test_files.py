"""A file is what its bytes say; whatever it is, it comes as pages or as one sentence for who sent it."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake import encodings
from articles.intake.files import read_file
from articles.intake.refusals import Refused
from articles.intake.word import old as oldword
from tests.articles.intake.wordfile import docx, paragraph

TEXT = "清河镇秋粮入库\n\n本报讯（记者 林远舟）全镇三千吨粮食颗粒归仓。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
OLD_WORD = OLE + b"\xec\xa5\xc1\0" + b"\0" * 2000 + "WordDocument".encode("utf-16-le") + b"\0" * 500
MARKERS = [
    b"PK\3\4",
    OLE,
    b"%PDF-1.7\n",
    b"{\\rtf1",
    b"\xff\xd8\xff\xe0",
    b"\xff\xfe",
    "清河镇".encode("gbk"),
]


def texts(name: str, data: bytes) -> list[str]:
    return [line.text for document in read_file(name, data) for line in document.lines]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_file(name, data)
    assert f"《{Path(name).name}》" in str(refused.value)
    return refused.value.reason


@pytest.mark.parametrize("name", ["来稿.txt", "来稿.TXT", "来稿", "来稿.md", "来稿.doc", "第26期/一版.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_text_is_lines_whatever_it_is_called(name: str, encoding: str) -> None:
    (document,) = read_file(name, TEXT.encode(encoding))
    assert [(line.text, line.gap) for line in document.lines] == [
        ("清河镇秋粮入库", 0),
        ("本报讯（记者 林远舟）全镇三千吨粮食颗粒归仓。", 1),
    ]


@pytest.mark.parametrize("name", ["来稿.html", "来稿.htm", "来稿.doc", "来稿.txt"])
def test_a_web_page_is_its_text_whatever_it_is_called(name: str) -> None:
    page = '<html xmlns:w="urn:schemas-microsoft-com:office:word"><h1>清河镇秋粮入库</h1><p>本报讯'
    assert texts(name, page.encode("gbk")) == ["清河镇秋粮入库", "本报讯"]


@pytest.mark.parametrize("name", ["来稿.docx", "来稿.doc", "来稿.txt", "来稿"])
def test_a_word_file_is_one_whatever_it_is_called(name: str) -> None:
    assert texts(name, docx(paragraph("清河镇秋粮入库"))) == ["清河镇秋粮入库"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("来稿.txt", b"", "empty"),
        ("来稿.docx", b"", "empty"),
        ("来稿.txt", b"\n \n", "empty"),
        ("来稿.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("来稿.txt", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + bytes(200), "binary"),
        ("来稿.txt", b"A" * (encodings.MAX_BYTES + 1), "large"),
        ("来稿.docx", TEXT.encode(), "broken"),
        ("来稿.pdf", TEXT.encode(), "broken"),
        ("来稿.txt", b"PK\3\4" + bytes(100), "broken"),
        ("来稿.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("来稿.docx", OLD_WORD, "unknown"),
        ("统计.xls", OLE + "Workbook".encode("utf-16-le"), "unknown"),
        ("来稿.doc", OLD_WORD[:522] + b"\0\1" + OLD_WORD[524:], "encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, reason: str) -> None:
    assert refusal(name, data) == reason


def test_a_size_is_told_in_megabytes() -> None:
    with pytest.raises(Refused, match=r"《来稿.txt》 有 5 MB，超过上限 4 MB"):
        read_file("来稿.txt", b"A" * (encodings.MAX_BYTES + 1))


# What an older Word saved. A stand-in takes LibreOffice's place: a program that writes what it was told to.


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that does with the file, the folder and the profile it is given what `does` says."""
    program = tmp_path / "soffice"
    program.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "came = pathlib.Path(sys.argv[-1])\n"
        "made = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        f"note = pathlib.Path({str(tmp_path)!r}) / 'note'\n"
        f"exec(pathlib.Path({str(tmp_path / 'does')!r}).read_text())\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(oldword, "PROGRAM", str(program))
    (tmp_path / "made.docx").write_bytes(docx(paragraph("清河镇秋粮入库")))
    return tmp_path


def let_it(office: Path, what: str) -> None:
    (office / "does").write_text(what)


CONVERT = "made.mkdir(); (made / (came.stem + '.docx')).write_bytes((note.parent / 'made.docx').read_bytes())"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("来稿.doc", OLD_WORD),
        ("来稿.wps", OLD_WORD),
        ("来稿.wps", OLE),
        ("没有后缀", OLD_WORD),
        ("来稿.rtf", b"{\\rtf1 A}"),
        ("来稿.doc", b"{\\rtf1 A}"),
        ("来稿.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
    ],
)
def test_an_old_word_file_is_read_once_converted(office: Path, name: str, data: bytes) -> None:
    let_it(office, "note.write_bytes(came.read_bytes())\n" + CONVERT)
    assert texts(name, data) == ["清河镇秋粮入库"]
    assert (office / "note").read_bytes() == data


def test_its_folder_and_profile_are_thrown_away(office: Path) -> None:
    let_it(office, "note.write_text(str(came.parent) + '\\n' + sys.argv[1])\n" + CONVERT)
    read_file("来稿.doc", OLD_WORD)
    folder, profile = (office / "note").read_text().splitlines()
    assert not Path(folder).exists()
    assert profile == f"-env:UserInstallation=file://{folder}/profile"


def test_macros_and_links_are_off_in_its_profile(office: Path) -> None:
    let_it(
        office,
        "note.write_text((came.parent / 'profile/user/registrymodifications.xcu').read_text())\n" + CONVERT,
    )
    read_file("来稿.doc", OLD_WORD)
    settings_made = (office / "note").read_text()
    for wanted in ("DisableMacrosExecution", "BlockUntrustedRefererLinks"):
        assert f'oor:name="{wanted}" oor:op="fuse"><value>true' in settings_made


def test_it_sees_nothing_of_our_environment(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_SECRET_KEY", "of nobody else")
    let_it(office, "import os; note.write_text(' '.join(sorted(os.environ)))\n" + CONVERT)
    read_file("来稿.doc", OLD_WORD)
    assert "NEWSROOM" not in (office / "note").read_text()


@pytest.mark.parametrize("does", ["", "sys.exit(1)", "made.mkdir(); (made / 'came.docx').write_bytes(b'A')"])
def test_what_it_cannot_convert_is_broken(office: Path, does: str) -> None:
    let_it(office, does)
    assert refusal("来稿.doc", OLD_WORD) == "broken"


def test_it_and_what_it_started_end_when_their_time_is_up(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oldword, "WALL_SECONDS", 3)
    starts = "import subprocess; other = subprocess.Popen(['sleep', '600']); "
    let_it(office, starts + "note.write_text(str(other.pid)); other.wait()")
    assert refusal("来稿.doc", OLD_WORD) == "slow"
    assert has_ended(int((office / "note").read_text()))


def has_ended(pid: int) -> bool:
    """Within a while: the system ends a killed process in its own time, and leaves an orphan to be reaped."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except OSError:
            return True
        os.sched_yield()
    return False


@pytest.mark.parametrize("name", ["来稿.doc", "来稿.wps", "来稿.rtf"])
def test_without_it_a_sentence_says_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oldword, "PROGRAM", "no-such-program-of-an-office")
    with pytest.raises(Refused, match=r"另存为 \.docx"):
        read_file(name, OLD_WORD if name != "来稿.rtf" else b"{\\rtf1 A}")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["来稿.txt", "来稿.docx", "来稿.doc", "来稿.pdf", "来稿", "来稿.xyz"]),
    st.sampled_from([b"", *MARKERS]),
    st.binary(max_size=300),
)
def test_any_bytes_are_pages_or_a_sentence(name: str, marker: bytes, data: bytes) -> None:
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(oldword, "PROGRAM", "no-such-program-of-an-office")
            documents = read_file(name, marker + data)
    except Refused as refused:
        assert f"《{name}》" in str(refused)  # noqa: PT017
    else:
        assert all(document.lines for document in documents)
