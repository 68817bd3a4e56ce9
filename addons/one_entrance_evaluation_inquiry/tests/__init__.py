from . import test_evaluation_inquiry
from . import test_evaluation_inquiry_demo
from . import test_evaluation_inquiry_paper
