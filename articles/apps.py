from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ArticlesConfig(AppConfig):
    name = "articles"
    label = "articles"
    verbose_name = pgettext_lazy("plural", "稿件")
    default_auto_field = "django.db.models.BigAutoField"
