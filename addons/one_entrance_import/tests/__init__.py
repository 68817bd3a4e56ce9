from . import test_access
from . import test_double
from . import test_import
from . import test_seat
from . import test_template
from . import test_text_file
from . import test_values
