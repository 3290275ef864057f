from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "secretariat.effort"
    label = "effort"
    verbose_name = "Effort and budget"
