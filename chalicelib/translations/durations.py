"""Promises in words: business minutes as a person would say them."""

from chalicelib.translations import translator

_DAY = 1440
_MANY_HOURS = 16
"""Up to here hours are easier to grasp than days."""


def expectation(minutes: int, language: str, *, workday_minutes: int = _DAY) -> str:
    """When an answer is to be expected, to stand in a sentence of its own.

    Args:
        minutes: business minutes promised.
        workday_minutes: business minutes of a day; 1,440 is a desk that never closes, where an
            hour is simply an hour.

    >>> expectation(60, "en", workday_minutes=480)
    'usually within 1 business hour'
    """
    words = duration(minutes, language, workday_minutes=workday_minutes)
    return translator(language).gettext("usually within %(duration)s") % {"duration": words}


def duration(minutes: int, language: str, *, workday_minutes: int = _DAY) -> str:
    """A length of business time in words, rounded up so that nothing is promised too early.

    >>> duration(90, "en"), duration(2400, "en", workday_minutes=480)
    ('2 hours', '5 business days')
    """
    plural = translator(language).ngettext
    round_the_clock = workday_minutes >= _DAY
    if minutes < 60:
        return plural("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    if hours <= min(_MANY_HOURS, max(workday_minutes // 60, 1)) or workday_minutes < 60:
        if round_the_clock:
            return plural("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
        words = plural("%(count)s business hour", "%(count)s business hours", hours)
        return words % {"count": hours}
    days = -(-minutes // workday_minutes)
    if round_the_clock:
        return plural("%(count)s day", "%(count)s days", days) % {"count": days}
    return plural("%(count)s business day", "%(count)s business days", days) % {"count": days}
