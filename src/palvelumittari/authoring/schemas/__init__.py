"""JSON Schemas (draft-07) of the files that people and programs write, drawn from the classes that the readers use.

Nothing here lists keys: a key that a reader learns is in the schema the next time it is drawn. What the readers check
beyond types stands in `rules`, and what an editor shows beside a key stands in `descriptions.toml`.
"""

from palvelumittari.authoring.schemas.documents import schema, schema_text
from palvelumittari.authoring.schemas.naming import DIRECTIVE, Kind, directive, file_name, kind_of_toml
from palvelumittari.authoring.schemas.writing import write_schemas

__all__ = [
    "DIRECTIVE",
    "Kind",
    "directive",
    "file_name",
    "kind_of_toml",
    "schema",
    "schema_text",
    "write_schemas",
]
