from . import test_access
from . import test_overview
from . import test_overview_forgotten
from . import test_overview_tour
from . import test_overview_trends
