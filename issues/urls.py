"""Readers' addresses of the paper, as the contract promises them."""

from datetime import date

from django.urls import path, register_converter

from issues import qr, serve, sitemaps, views


class Day:
    """A day that there is, as 2026-11-20."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


class Leaf:
    """A page's number in its one spelling."""

    regex = "[1-9][0-9]{0,2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Width(Leaf):
    """A picture's width in pixels."""

    regex = "[1-9][0-9]{1,4}"


class Year:
    """A year that the calendar has."""

    regex = "[1-9][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Day, "day")
register_converter(Year, "year")
register_converter(Leaf, "leaf")
register_converter(Width, "width")

app_name = "issues"
urlpatterns = [
    path("sitemap-papers-<year:year>.xml", sitemaps.papers, name="sitemap"),
    path("papers/", views.papers, name="papers"),
    path("papers/latest/", views.latest, name="latest"),
    path("papers/<day:date>/", views.paper, name="paper"),
    path("papers/<day:date>.pdf", serve.paper_pdf, name="paper_pdf"),
    path("papers/<day:date>/<leaf:number>/", views.page, name="page"),
    path("papers/<day:date>/<leaf:number>.pdf", serve.page_pdf, name="page_pdf"),
    path("papers/<day:date>/<leaf:number>/qr.svg", qr.page, name="page_qr"),
    path("papers/<day:date>/<leaf:number>/<width:width>.png", serve.picture, name="picture"),
]
