from . import test_dashboard_inquiry
