"""Pages for what is not there, failed or made no sense: they help, in words, with the right status."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path

from newsroom import refusals
from newsroom import urls as site
from newsroom.lib.display import COOKIE


def breaks(request: HttpRequest) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


urlpatterns = [path("breaks/", breaks), *site.urlpatterns]
handler500 = refusals.failed
handler400 = refusals.misread


@pytest.mark.urls(__name__)
def test_a_failure_is_told_without_a_database() -> None:
    """No database may be asked in this test at all, neither by the page nor for the page about it."""
    client = Client(raise_request_exception=False, headers={"cookie": f"{COOKIE}=elder-1"})
    response = client.get("/breaks/")
    content = response.content.decode()
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "这一页暂时打不开" in content
    assert 'href="/"' in content
    assert 'data-theme="elder" data-size="1"' in content, "who reads large type reads this too"


def test_what_makes_no_sense_is_told_without_a_database() -> None:
    response = refusals.misread(RequestFactory().get("/"))
    assert response.status_code == 400
    assert "没有看懂这个请求" in response.content.decode()


def test_our_addresses_use_them() -> None:
    assert (site.handler400, site.handler500) == (refusals.misread, refusals.failed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/", "/articles/99999999999999999999/", "/sections/nowhere/", "/regions/000000/",
        "/tags/nowhere/", "/reporters/0/", "/series/nowhere/", "/papers/2026-02-30/", "/papers/2026-13-01/1/",
        "/papers/2026-11-20/0/", "/%00/",
    ],
)  # fmt: skip
def test_nothing_is_there_but_ways_on(client: Client, address: str) -> None:
    response = client.get(address)
    content = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in content
    assert content.count('id="q-top"') == 1
    assert 'href="/papers/"' in content
