from . import evaluation
