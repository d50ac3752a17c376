"""Your own code: each file here was made once, and no later run touches it.

`steps.py` has steps before and after writes, `routes.py` routes of the API, `task.py` something
that is run by hand or by a clock. They are part of the app as they are; more files may stand here.
"""
