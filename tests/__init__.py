from . import test_actor
from . import test_appointment
from . import test_demo
from . import test_import
from . import test_leader
from . import test_query_count
from . import test_rollout
from . import test_tours
