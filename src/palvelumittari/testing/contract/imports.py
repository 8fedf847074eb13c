"""Nothing heavy may be imported with a plugin: whoever asks for a verdict waits for it every time."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.testing.contract.breach import Breach
from palvelumittari.testing.contract.elsewhere import is_importable, loaded_by

HEAVY = (
    *("numpy", "pandas", "polars", "pyarrow", "duckdb", "dask", "sqlalchemy"),
    *("scipy", "sklearn", "statsmodels", "torch", "tensorflow", "jax", "keras", "transformers"),
    *("sentence_transformers", "spacy", "nltk", "gensim", "stanza"),
    *("matplotlib", "seaborn", "plotly", "bokeh", "PIL", "cv2"),
    *("requests", "httpx", "aiohttp", "boto3", "openai"),
    *("IPython", "notebook", "hypothesis", "pytest"),
)
"""Libraries that are slow to import, reach the network or belong to tests; a plugin imports them where it uses them."""


def check_imports(modules: tuple[str, ...]) -> Iterator[Breach]:
    """Every heavy library that importing the last of `modules` loads. Of one that exists only here, nothing is told."""
    if not is_importable(modules[-1:]):
        return
    loaded = {name.partition(".")[0] for name in loaded_by(modules[-1:])}
    for library in sorted(loaded & set(HEAVY)):
        what = f"importing `{modules[-1]}` imports {library}, which is heavy"
        yield Breach(what, hint=f"import {library} inside the function that needs it")
