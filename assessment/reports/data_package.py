"""A descriptor for the CSV files of a selection: what is in them, and whether they are whole.

It follows Data Package 2.0, because the dialect of version 1 cannot say that the codes of the
columns stand in row 2, below the labels. Version 1 programs read everything else of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.language.translator import Translator
from assessment.reports.table import Column

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# Row 1 holds labels, row 2 the codes that programs read.
DIALECT = {"header": True, "headerRows": [2], "commentRows": [1], "delimiter": ","}


@dataclass(frozen=True)
class Resource:
    """One CSV file: name, file name, columns, the columns that tell rows apart, and its rows.

    ``refers`` names for a column the resource whose code it holds.
    """

    name: str
    path: str
    columns: Sequence[Column]
    key: Sequence[str]
    rows: int
    refers: Mapping[str, str]


def descriptor(
    text: Translator, title: str, description: str, created: str, resources: Sequence[Resource]
) -> dict[str, Any]:
    """The whole descriptor. ``rows`` lets a validator notice a file that was cut off."""
    return {
        "$schema": PROFILE,
        "name": "complete-community",
        "title": title,
        "description": description,
        "created": created,
        "resources": [_resource(text, one) for one in resources],
    }


def _resource(text: Translator, one: Resource) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": "table",
        "title": text(f"file.{one.name}"),
        "path": one.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": one.rows,
        "dialect": DIALECT,
        "schema": {
            "fields": [_field(text, column) for column in one.columns],
            "missingValues": [""],
            **_keys(one),
        },
    }


def _keys(one: Resource) -> dict[str, Any]:
    foreign = [
        {"fields": [own], "reference": {"resource": other, "fields": ["code"]}}
        for own, other in one.refers.items()
    ]
    return {
        **({"primaryKey": list(one.key)} if one.key else {}),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(text: Translator, column: Column) -> dict[str, Any]:
    kind = "datetime" if column.is_time else "number" if column.is_number else "string"
    return {
        "name": column.code,
        "type": kind,
        "title": column.label(text),
        "description": column.meaning(text),
    }
