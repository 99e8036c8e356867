"""Text of HTML reads like what the HTML shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.html.text import html_to_lines, html_to_text, join_lines, text_to_html

CASES = {
    "paragraphs": ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    "line breaks": ("One<br>Two<br/>Three", "One\nTwo\nThree"),
    "break at the end of a block": ("<div>One<br></div><div>Two</div>", "One\nTwo"),
    "empty line between blocks": ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
    "blanks collapse": ("a   b\n c", "a b c"),
    "blanks around tags": ("<b>a</b> <i>b</i>c", "a bc"),
    "entities": ("&lt;a&gt; &amp; &euro;&nbsp;5", "<a> & € 5"),
    "bullets": ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
    "numbers": ("<ol start=3><li>three</li><li>four</li></ol>", "3. three\n4. four"),
    "nested list": ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
    "preformatted": ("<pre>a\n  b</pre>", "a\n  b"),
    "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    "quote": ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
    "quote in quote": ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
    "rule": ("a<hr>b", "a\n" + "_" * 32 + "\nb"),
    "script, style and title": ("<title>t</title><style>s</style><script>x</script>y", "y"),
    "comment": ("a<!-- b > c -->d", "ad"),
    "comment never closed": ("a<!-- b", "a"),
    "hidden element": ('<span style="display:none">a</span>b', "b"),
    "stray less-than": ("1 < 2 and 3 <4", "1 < 2 and 3 <4"),
    "greater-than in attribute": ('<a title="a > b">c</a>', "c"),
    "link with other words": (
        '<a href="https://example.org/x">here</a>',
        "here <https://example.org/x>",
    ),
    "link that shows itself": ('<a href="https://example.org/">example.org</a>', "example.org"),
    "mail link": ('<a href="mailto:a@example.org">Ana</a>', "Ana <a@example.org>"),
    "link with a script": ('<a href="javascript:x">here</a>', "here"),
    "zero-width characters": ("a\u200bb\ufeffc", "abc"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_html_reads_as_text(name: str) -> None:
    html, text = CASES[name]
    assert html_to_text(html) == text


def test_lines_of_a_mail_leave_link_targets_out() -> None:
    assert join_lines(html_to_lines('<a href="https://example.org/x">here</a>')) == "here"


def test_lines_know_what_the_client_marked_as_quote_and_signature() -> None:
    html = '<p>a</p><div class="gmail_signature">b</div><div class="yahoo_quoted">c</div>'
    assert [(line.text, line.mark) for line in html_to_lines(html) if line.text] == [
        ("a", None),
        ("b", "signature"),
        ("c", "quote"),
    ]


def test_text_becomes_html_that_looks_the_same() -> None:
    assert text_to_html("a < b\nc\n\nd & e") == "<p>a &lt; b<br>c</p><p>d &amp; e</p>"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab<>&;\"' \n"), max_size=60))
def test_text_survives_the_way_to_html_and_back(text: str) -> None:
    words = text.split()
    assert html_to_text(text_to_html(text)).split() == words
