"""`python -m zhiban.cli`."""

from zhiban.cli.main import main

main()
