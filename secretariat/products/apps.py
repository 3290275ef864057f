"""The products room as a Django application."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "secretariat.products"
    label = "products"
    verbose_name = "Products"
