from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "secretariat.engagement"
    label = "engagement"
    verbose_name = "Guidance and events"
