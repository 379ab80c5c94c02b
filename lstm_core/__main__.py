"""`python -m lstm_core FILE --layer NAME --input x.csv --out trace.csv`: the command line."""

import sys

from .commands import main

if __name__ == "__main__":
    sys.exit(main())
