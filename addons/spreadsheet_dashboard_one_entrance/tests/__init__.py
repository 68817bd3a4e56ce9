from . import test_dashboard
from . import test_dashboard_sample
from . import test_dashboard_tour
