from . import test_leader
