"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from articles import sitemaps
from issues import sitemaps as papers
from newsroom import display, health, home, refusals

urlpatterns = [
    path("", home.home, name="home"),
    path("sitemap.xml", sitemaps.index, {"others": [papers.parts]}, name="sitemap"),
    path("", include("articles.urls")),
    path("", include("issues.urls")),
    path("", include("newsroom.offline")),
    path("display/", display.display, name="display"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/front/preview/", admin.site.admin_view(home.preview), name="front_preview"),
    path("admin/", admin.site.urls),
]
handler403 = home.forbidden
handler404 = home.not_found
handler400 = refusals.misread
handler500 = refusals.failed
