"""What stands at every page's foot by law and custom: who answers for the site, and where it is registered.

Each from the settings, where it is set; nothing else is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

# Where these numbers can be looked up, as every site in China links them.
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code="
REPORTING = "https://www.12377.cn/"


@dataclass(frozen=True)
class Fact:
    """One line of the foot: `label：text`, the text with a link where there is one; `label` may be empty."""

    label: str
    text: str
    link: str = ""
    outside: bool = False


def facts() -> list[list[Fact]]:
    """The lines of the foot: who and where; the numbers; where to complain. Without the empty ones."""
    phone, email = settings.REPORT_PHONE, settings.REPORT_EMAIL
    lines = [
        [
            Fact("主办单位", settings.ORGAN),
            Fact("承办单位", settings.OPERATOR),
            Fact("地址", settings.CONTACT_ADDRESS),
            Fact("电话", settings.CONTACT_PHONE, _call(settings.CONTACT_PHONE)),
            Fact("邮箱", settings.CONTACT_EMAIL, f"mailto:{settings.CONTACT_EMAIL}"),
        ],
        [
            Fact("网站标识码", settings.SITE_ID_CODE),
            Fact("", settings.ICP_NUMBER, ICP_REGISTER, outside=True),
            Fact("", settings.POLICE_NUMBER, _police(settings.POLICE_NUMBER), outside=True),
            Fact("互联网新闻信息服务许可证", settings.NEWS_LICENCE),
        ],
        [
            Fact("违法和不良信息举报电话", phone, _call(phone)),
            Fact("举报邮箱", email, f"mailto:{email}"),
            Fact("", "中央网信办违法和不良信息举报中心" if phone or email else "", REPORTING, outside=True),
        ],
    ]
    shown = ([fact for fact in line if fact.text] for line in lines)
    return [line for line in shown if line]


def _call(phone: str) -> str:
    """A number that a telephone dials; none for words, or for several numbers."""
    digits = re.sub(r"[\s()（）-]", "", phone)
    return f"tel:{digits}" if re.fullmatch(r"\+?[0-9]{3,15}", digits) else ""


def _police(number: str) -> str:
    """The register finds a site by the digits of its number (京公网安备 11010102000001号)."""
    return POLICE_REGISTER + "".join(re.findall("[0-9]", number))
