"""Texts that try to run in a browser: the corpus beside the repository, if there is one, and our own."""

from __future__ import annotations

import json
import re

from tests.conftest import SHARED

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CORPUS = SHARED / "corpora" / "xss"

OWN = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg><script>alert&#40;1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><textarea><a title=\"</textarea><img src onerror=a>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc=\"<script>parent.alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"\u3000javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)><body onpageshow=alert(1)>",
    "<p style=\"background:url(javascript:alert(1))\" onclick=alert(1)>x</p>",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "]]><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script><![CDATA[",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
    "<figure class=\"image\"><img src=\"/photos/abcdefghij/w640.webp\" onerror=alert(1)></figure>",
    "<aside class=\"link-box\" onmouseover=alert(1)><a href=\"//evil.example\" onclick=a>x</a></aside>",
    "<img src=//evil.example/p.gif><img srcset=//evil.example/p.gif>",
    "<x onclick=alert(1) tabindex=1 id=x>x</x>#x",
]  # fmt: skip


def payloads() -> list[str]:
    found = list(OWN)
    if CORPUS.is_dir():
        lines = (CORPUS / "payloads-sample.txt").read_text("utf-8").splitlines()
        cases = json.loads((CORPUS / "dompurify-expect.json").read_text("utf-8"))
        found += [line for line in lines if line] + [case["payload"] for case in cases]
    return found


def packed(texts: list[str], longest: int) -> list[str]:
    """The texts that fit, as many together as fit into `longest` characters, each on a line that fields take.

    Without the control characters that no field takes (tests/articles/test_bad_input.py has those).
    """
    packs = [""]
    for text in texts:
        one = " ".join(_REFUSED.sub("", text).split())
        if len(one) > longest:
            continue
        if len(packs[-1]) + 1 + len(one) > longest:
            packs.append("")
        packs[-1] = f"{packs[-1]} {one}".strip()
    return packs
