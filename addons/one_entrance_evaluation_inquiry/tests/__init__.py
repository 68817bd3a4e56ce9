from . import test_evaluation_inquiry
