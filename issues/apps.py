from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    name = "issues"
    label = "issues"
    verbose_name = _("报纸")
    default_auto_field = "django.db.models.BigAutoField"
