from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    name = "secretariat.helpdesk"
    label = "helpdesk"
    verbose_name = "Helpdesk"
