"""The table: keys, items, and one repository per aggregate. Items never leave this package."""
