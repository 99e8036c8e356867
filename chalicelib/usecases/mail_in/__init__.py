"""A mail on its way in: what it is, whose it is, where it ends. ``receive_mail`` is the entry."""
