from . import test_overview_inquiry
