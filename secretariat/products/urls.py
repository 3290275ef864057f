"""Addresses of the products room."""

from secretariat.products.certificates.urls import urlpatterns as certificates
from secretariat.products.entries import urls as entries
from secretariat.products.lookup.urls import urlpatterns as lookup
from secretariat.products.publishing import urls as publishing

urlpatterns = [
    *publishing.urlpatterns,
    *entries.urlpatterns,
    *certificates,
    *lookup,
]
