"""How the reader wants this page: `{% load newsroom_display %}`."""

from django import template
from django.template import Context

from newsroom.lib.display import COOKIE, Display, chosen

register = template.Library()


@register.simple_tag(takes_context=True)
def display(context: Context) -> Display:
    """What the reader chose; the default where no request is known."""
    request = context.get("request")
    return chosen(request.COOKIES.get(COOKIE) if request else None)
