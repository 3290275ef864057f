"""Address of the check of devices."""

from django.urls import path

from secretariat.products.lookup.views import DeviceCheck

urlpatterns = [path("device-check/", DeviceCheck.as_view(), name="device check")]
