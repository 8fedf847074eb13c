"""Batches: files of any length scored by several processes, in order, and resumed where a crash stopped them.

`score_block` is the core, a pure function from bytes to bytes; `run_batch` splits files into ranges of whole lines, has
them scored, joins the results in their order and keeps a checkpoint.
"""

from palvelumittari.batch.blocks import Block, Question, score_block
from palvelumittari.batch.running import Batch, Ended, Progress, run_batch
from palvelumittari.batch.setups import Recipe
from palvelumittari.batch.summary import Spread, Summary

__all__ = ["Batch", "Block", "Ended", "Progress", "Question", "Recipe", "Spread", "Summary", "run_batch", "score_block"]
