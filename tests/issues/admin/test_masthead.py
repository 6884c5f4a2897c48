"""The head of the paper, the printer's profile and the bureau's fonts in the newsroom."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from issues.models import Masthead, Typeface
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.factories.media import picture
from tests.issues import setup_files

pytestmark = pytest.mark.django_db

HEAD = "/admin/issues/masthead/"
FONTS = "/admin/issues/typeface/"
FIELDS = {"title": "潮头晚报", "kind": "cn", "permit_number": "CN13-0001", "organ_role": "主管主办"}


@pytest.fixture
def masthead() -> Masthead:
    return Masthead.objects.create(**FIELDS)


@pytest.fixture
def chief(cast: Cast) -> Client:
    return logged_in(cast.chief)


def save(client: Client, masthead: Masthead, **fields: Any) -> Any:
    return client.post(f"{HEAD}{masthead.pk}/change/", FIELDS | fields)


def upload(client: Client, data: bytes, role: str = "body", name: str = "字体.ttf") -> Any:
    return client.post(f"{FONTS}add/", {"role": role, "file": SimpleUploadedFile(name, data)})


def text(answer: Any) -> str:
    return answer.content.decode()


def test_every_line_of_the_head_has_its_field(chief: Client, masthead: Masthead) -> None:
    page = text(chief.get(f"{HEAD}{masthead.pk}/change/"))
    for field in Masthead._meta.fields:
        if field.name != "id":
            assert f'name="{field.name}"' in page, field.name


def test_a_profile_is_tried_kept_and_taken_away(chief: Client, masthead: Masthead) -> None:
    file = SimpleUploadedFile("../../evil.icc", setup_files.profile())
    assert save(chief, masthead, icc_profile=file).status_code == 302
    masthead.refresh_from_db()
    name = masthead.icc_profile.name
    assert name.startswith("press/")
    assert name.endswith(".icc")
    assert "evil" not in name
    with default_storage.open(name) as kept:
        assert kept.read() == setup_files.profile()
    page = text(chief.get(f"{HEAD}{masthead.pk}/change/"))
    assert "Bench" in page
    assert save(chief, masthead).status_code == 302  # without a file the old one stays
    masthead.refresh_from_db()
    assert masthead.icc_profile.name == name
    assert save(chief, masthead, without_profile="on").status_code == 302
    masthead.refresh_from_db()
    assert not masthead.icc_profile


def test_a_file_that_is_no_profile_is_refused_beside_its_field(chief: Client, masthead: Masthead) -> None:
    answer = save(chief, masthead, title="改了名", icc_profile=SimpleUploadedFile("x.icc", picture()))
    assert answer.status_code == 200
    assert "这不是 ICC 特性文件" in text(answer)
    assert 'value="改了名"' in text(answer), "what was typed stays"
    masthead.refresh_from_db()
    assert (masthead.title, masthead.icc_profile.name) == ("潮头晚报", "")


def test_a_lost_profile_is_said(chief: Client, masthead: Masthead) -> None:
    Masthead.objects.update(icc_profile="press/gone.icc")
    assert "文件读不出来" in text(chief.get(f"{HEAD}{masthead.pk}/change/"))


def test_a_font_is_read_named_and_stored(chief: Client, cast: Cast) -> None:
    data = setup_files.font("临港报宋")
    assert upload(chief, data, name="../随便.ttf").status_code == 302
    made = Typeface.objects.get()
    assert (made.role, made.family, made.uploaded_by) == ("body", "临港报宋", cast.chief)
    assert made.file.name == f"typefaces/{made.sha256}.ttf"
    with made.file.open("rb") as file:
        assert file.read() == data
    assert "临港报宋" in text(chief.get(FONTS))


def test_a_font_takes_the_place_of_another(chief: Client) -> None:
    upload(chief, setup_files.font("旧宋"))
    made = Typeface.objects.get()
    change = f"{FONTS}{made.pk}/change/"
    file = SimpleUploadedFile("x.ttf", setup_files.font("新宋"))
    assert chief.post(change, {"role": "body", "file": file}).status_code == 302
    made.refresh_from_db()
    assert (made.family, made.file.name) == ("新宋", f"typefaces/{made.sha256}.ttf")
    assert chief.post(change, {"role": "hei"}).status_code == 302
    made.refresh_from_db()
    assert (made.family, made.role) == ("新宋", "hei")


def test_a_role_has_one_font(chief: Client) -> None:
    upload(chief, setup_files.font())
    page = text(chief.get(f"{FONTS}add/"))
    assert 'value="body"' not in page
    assert 'value="kai"' in page
    assert upload(chief, setup_files.font("另一种")).status_code == 200
    assert Typeface.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"), [(b"x", "这不是字体文件"), (setup_files.font(ideographs=3), "只有3个汉字")]
)
def test_what_cannot_be_set_is_refused(chief: Client, data: bytes, said: str) -> None:
    answer = upload(chief, data)
    assert (answer.status_code, Typeface.objects.count()) == (200, 0)
    assert said in text(answer)


def test_back_to_the_default(chief: Client) -> None:
    upload(chief, setup_files.font())
    assert chief.post(f"{FONTS}{Typeface.objects.get().pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Typeface.objects.exists()


def test_the_chief_and_the_administrator_keep_them_others_look(cast: Cast, masthead: Masthead) -> None:
    upload(logged_in(cast.chief), setup_files.font())
    made = Typeface.objects.get()
    for name in ("editor", "layout", "proofreader"):
        client = logged_in(getattr(cast, name))
        for address in (f"{HEAD}{masthead.pk}/change/", f"{FONTS}{made.pk}/change/"):
            assert client.get(address).status_code == 200, (name, address)
            assert client.post(address, FIELDS).status_code == 403, (name, address)
        assert upload(client, setup_files.font("别的"), role="hei").status_code == 403
    for name in ("chief", "admin"):
        assert save(logged_in(getattr(cast, name)), masthead, organ=name).status_code == 302
        masthead.refresh_from_db()
        assert masthead.organ == name
    assert logged_in(cast.reporter).get(FONTS).status_code == 403


def test_an_upload_is_read_from_its_beginning() -> None:
    from issues import uploads

    file = io.BytesIO(setup_files.profile())
    file.read()
    assert uploads.profile(file) == "Bench"
