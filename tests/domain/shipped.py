"""The framework that ships with the product, for what its real items have to show."""

from assessment.domain.load_framework import load_framework_file
from assessment.settings import PROJECT

FRAMEWORK = load_framework_file(PROJECT / "data" / "frameworks" / "complete-community.yaml")
