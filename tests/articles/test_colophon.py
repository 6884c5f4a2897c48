"""The foot of every page: what the settings name, and nothing they don't."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

SET = {
    "ORGAN": "临港新区管理委员会",
    "OPERATOR": "临港新区融媒体中心",
    "CONTACT_ADDRESS": "临港新区海棠路1号",
    "CONTACT_PHONE": "0300-1234567",
    "CONTACT_EMAIL": "tougao@paper.example.com",
    "SITE_ID_CODE": "1310000001",
    "ICP_NUMBER": "冀ICP备20990001号-1",
    "POLICE_NUMBER": "冀公网安备 13100000000001号",
    "NEWS_LICENCE": "13120990001",
    "REPORT_PHONE": "0300-7654321",
    "REPORT_EMAIL": "jubao@paper.example.com",
}
LABELS = ("主办单位", "承办单位", "网站标识码", "许可证", "举报", "备案", "12377")


def foot(client: Client, address: str = "/") -> str:
    page = client.get(address).content.decode()
    return page[page.index('<footer class="colophon">') : page.index("</footer>", page.index("colophon"))]


def words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_shows_what_is_set(client: Client, settings: Any) -> None:
    for name, value in SET.items():
        setattr(settings, name, value)
    for address in ("/", "/papers/", "/search/", "/nowhere/"):
        said = words(foot(client, address))
        for value in SET.values():
            assert value in said, (address, value)
        for label in ("主办单位：临港", "网站标识码：1310", "互联网新闻信息服务许可证：13120990001"):
            assert label in said


def test_numbers_lead_to_their_registers(client: Client, settings: Any) -> None:
    for name, value in SET.items():
        setattr(settings, name, value)
    links = dict(re.findall(r'<a href="(http[^"]*)"([^>]*)>', foot(client)))
    assert links == dict.fromkeys(
        [
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=13100000000001",
            "https://www.12377.cn/",
        ],
        ' rel="noopener noreferrer"',
    )
    assert 'href="tel:03007654321"' in foot(client)
    assert 'href="mailto:jubao@paper.example.com"' in foot(client)


def test_claims_nothing_that_is_not_set(client: Client) -> None:
    said = foot(client)
    for label in LABELS:
        assert label not in said, label
    assert "http" not in said


def test_each_stands_by_itself(client: Client, settings: Any) -> None:
    settings.ICP_NUMBER = SET["ICP_NUMBER"]
    said = words(foot(client))
    assert SET["ICP_NUMBER"] in said
    for label in ("主办单位", "许可证", "举报", "公网安备"):
        assert label not in said


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "<b>x</b>"])
def test_words_stay_words(client: Client, settings: Any, hostile: str) -> None:
    for name in SET:
        setattr(settings, name, hostile)
    said = foot(client)
    assert "<script" not in said
    assert "<b>x" not in said
