"""``python -m assessment.commands`` does what ``complete-community`` does."""

import sys

from assessment.commands import main

sys.exit(main())
