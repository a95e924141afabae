"""What an editor starts from: a small site, and records to be filled.

Never: overwrites a file.
"""

from alliance_site.starter.begin import KINDS_OF_RECORD, example_of, new_record, start_site

__all__ = ["KINDS_OF_RECORD", "example_of", "new_record", "start_site"]
