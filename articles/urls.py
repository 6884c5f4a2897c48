"""Readers' addresses of stories, as the contract promises them."""

from typing import Any

from django.urls import path, re_path, register_converter

from articles import editor, feeds, file_views, page_views, photo_views, qr, search_views, sitemaps, views


class Number:
    """A row's number in its one spelling, small enough for any database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


class Word:
    """A tag's slug: letters and digits of any script."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: Any) -> str:
        return str(value)


register_converter(Number, "number")
register_converter(Word, "word")

app_name = "articles"
urlpatterns = [
    path("admin/editor/upload/", editor.upload, name="editor_upload"),
    path("articles/<number:article_id>/", views.story, name="story"),
    path("articles/<number:article_id>/qr.svg", qr.story, name="story_qr"),
    path("pages/<slug:path>/", page_views.page, name="page"),
    re_path(
        r"^files/(?P<public_id>[a-z0-9]{10,16})/(?P<name>[^/\x00]{1,120})$", file_views.file, name="file"
    ),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("series/<slug:slug>/", views.series, name="series"),
    re_path(r"^regions/(?P<code>[0-9]{6}(?:[0-9]{3})?)/$", views.region, name="region"),
    path("tags/<word:slug>/", views.tag, name="tag"),
    path("reporters/<number:reporter_id>/", views.reporter, name="reporter"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.suggestions, name="search_suggestions"),
    re_path(r"^feeds/(?P<kind>rss|atom)\.xml$", feeds.feed, name="feed"),
    path("feeds/feed.json", feeds.feed, {"kind": "json"}, name="json_feed"),
    path("feeds/ninjs.json", feeds.feed, {"kind": "ninjs"}, name="ninjs_feed"),
    re_path(
        r"^sections/(?P<slug>[-\w]+)/(?:feeds/)?(?P<kind>rss|atom)\.xml$", feeds.feed, name="section_feed"
    ),
    re_path(r"^sections/(?P<slug>[-\w]+)/(?:feeds/)?feed\.json$", feeds.feed, {"kind": "json"}),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    re_path(r"^sitemap-(?P<number>[1-9][0-9]{0,12})\.xml$", sitemaps.story_part, name="sitemap_stories"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    re_path(
        r"^photos/(?P<public_id>[a-z0-9]{10,16})/(?P<name>[a-z0-9.-]{1,60})$", photo_views.photo, name="photo"
    ),
]
