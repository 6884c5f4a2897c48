"""The admin as a newsroom: its names, and the place where the desk comes in."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class NewsroomAdminSite(AdminSite):
    site_header = _("新闻编辑部")
    site_title = _("新闻编辑部")
    index_title = _("工作台")
    enable_nav_sidebar = True
