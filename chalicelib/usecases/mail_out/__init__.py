"""Mails and notices leave the desk: to customers what is public, to agents what concerns them.

Every mail has a key made from the event and the recipient. The ledger lets it be sent by one
worker at a time and never again once it left, so a job may come twice. A crash between SES and the
ledger can send one mail twice, never none; both then carry the same id of ours.

``events`` says who is told of what; ``sending`` is the one way out.
"""
