"""Strings that break text fields: the corpus beside the repository, if there is one, and some of our own."""

from __future__ import annotations

import json

from tests.conftest import SHARED

CORPUS = SHARED / "corpora" / "naughty-strings" / "blns.json"

OWN = [
    "改革开放　　四十年",
    " 前后有空格 ",
    "\u3000\u3000段首空两格",
    "\ttab\tbetween\t",
    "\u202e倒着走\u202c",
    "\u2066隔离\u2069\u200f\u061c",
    "家\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466旗\U0001f1e8\U0001f1f3肤\U0001f44d\U0001f3fd",
    "𠮷野家的𠀋字，㐂寿",
    "e\u0301 与 é 不是一回事；Å Å Ω Ω",
    "한글 ᄒ\u1161ᆫ ไทย नमस्ते ﷽ العربية",
    "零宽\u200b\u200c\u200d\ufeff\u00ad之间",
    "第一行\u2028第二行\u2029第三段",
    "下一行\u0085之后\u00a0不断",
    "\ue000\uf8ff\U000f0000私用区",
    "z\u0335\u0300\u0301a\u0334\u0302l\u0337\u0303g\u0336\u0304o",
    "{{ headline }}{% csrf_token %}{# x #}",
    "%s %(name)s %d {0} {name} ${x} #{x}",
    "&lt;b&gt; &amp;amp; &#60; &nbsp;",
    "</textarea></script></style></title>-->]]>",
    "<!-- <![CDATA[ <?php <%= %>",
    "'\"`\\\\\\'\\\"",
    "=1+1 +1 -1 @SUM(A1)",
    "金额１２３，４５６．７８元（含税）……——",
    "ÿþÿ",
    "\ufffd",
    "null",
    "-1",
    "on",
]
#: What no field can keep: each must be refused with a sentence.
BROKEN = ["有\x00空", "响\x07铃", "\x1b[31m红", "换\x0c页", "末\uffff尾"]
LONG = "长" * 10_000


def all_strings() -> list[str]:
    corpus = json.loads(CORPUS.read_text("utf-8")) if CORPUS.exists() else []
    return [*OWN, *BROKEN, LONG, *corpus]
