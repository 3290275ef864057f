"""Pages of the register: parties, Voting Groups, default cases, user entries and test notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
