from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "secretariat.effort"
    label = "effort"
