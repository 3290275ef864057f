"""The post room as a Django application."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "secretariat.post"
    label = "post"
    verbose_name = "Mail"
