from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    label = "newsroom"
    verbose_name = _("新闻编辑部")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsroom import generation

        post_migrate.connect(generation.install, sender=self)


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """Puts our own site behind the ordinary `@admin.register`."""

    default = False  # the settings name it; it is not what "newsroom" alone means
    default_site = "newsroom.admin_site.NewsroomAdminSite"
