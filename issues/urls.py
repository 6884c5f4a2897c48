"""Readers' addresses of the paper."""

from django.urls import path

from issues import views

app_name = "issues"
urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/latest/", views.latest, name="latest"),
]
