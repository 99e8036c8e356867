"""What was written in a charset that mails declare is read back letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.inbound_mail.charsets import decode_text

# One text per charset; where Python names the charset otherwise, its name.
TEXTS = {
    ("iso-8859-1", ""): "Olá é só um café à façade voilà Über",
    ("iso-8859-2", ""): "žluťoučký kůň łódź zażółć őű",
    ("iso-8859-5", ""): "Привет как дела",
    ("iso-8859-7", ""): "Καλημέρα τι κάνεις",
    ("iso-8859-8-i", "iso-8859-8"): "שלום עולם",
    ("iso-8859-9", ""): "İyi günler şikayet",
    ("iso-8859-15", ""): "Olá € œuvre élève",
    ("windows-1250", ""): "žluťoučký „kůň“ łódź",
    ("windows-1251", ""): "Привет «мир» № её",
    ("windows-1252", ""): "“quotes” – it’s café",
    ("windows-1253", ""): "Καλημέρα Ά",
    ("windows-1254", ""): "İyi günler € ğ",
    ("windows-1255", ""): "שלום עולם",
    ("windows-1256", ""): "مرحبا كيف",
    ("windows-1257", ""): "ačiū ąžuolas",
    ("koi8-r", ""): "Привет как дела",
    ("koi8-u", ""): "Привіт її є",
    ("gb2312", ""): "你好 请问订单",
    ("gb18030", ""): "你好 㐀 €",
    ("big5", ""): "你好 請問 許功蓋",
    ("euc-jp", ""): "こんにちは 注文の件",
    ("shift_jis", ""): "こんにちは 表示ソ能",
    ("iso-2022-jp", ""): "こんにちは 注文の件",
    ("euc-kr", ""): "안녕하세요 주문",
    ("ks_c_5601-1987", "cp949"): "안녕하세요 똠방",
    ("iso-2022-kr", "iso2022_kr"): "안녕하세요 주문",
    ("tis-620", ""): "สวัสดีครับ ขอบคุณ",
    ("utf-7", ""): "Olá 你好 Привет",
    ("utf-16", ""): "Olá 你好 Привет",
    ("utf-16le", ""): "Olá 你好 Привет",
    ("utf-16be", ""): "Olá 你好 Привет",
    ("hz", ""): "你好 请问",
    ("hz-gb-2312", "hz"): "你好 请问",
    ("x-windows-1251", "cp1251"): "Привет как дела",
    ("dos-866", "cp866"): "Привет как дела",
    ("iso88592", "iso-8859-2"): "Dzień dobry",
    ("windows-28605", "iso-8859-15"): "œuvre café €",
    ("cp50220", "iso2022_jp"): "こんにちは 注文の件",
    ("x-mac-greek", "mac_greek"): "Καλημέρα",
    ("utf-8", ""): "Olá 你好 Привет 😀",
}


@pytest.mark.parametrize(("names", "text"), TEXTS.items(), ids=[name for name, _ in TEXTS])
def test_each_word_and_the_whole_survive_their_charset(names, text):
    declared, codec = names
    for piece in (*text.split(), text):
        assert decode_text(piece.encode(codec or declared), declared)[0] == piece


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=40))
def test_any_latin_1_text_that_is_no_utf_8_by_chance_survives(text):
    printable = "".join(letter for letter in text if not 0x7F <= ord(letter) < 0xA0)
    raw = printable.encode("latin-1")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        found = decode_text(raw, "iso-8859-1")[0]
        is_cut_utf8 = not printable.isascii() and len(found) < len(printable)
        assert found == printable or is_cut_utf8


@given(st.text(max_size=60), st.integers(0, 3))
def test_utf_8_cut_inside_its_last_character_loses_no_other(text, cut):
    whole = "ääää" + "".join(letter for letter in text if letter.isprintable())
    raw = whole.encode()
    found = decode_text(raw[: len(raw) - cut], "utf-8")[0]
    assert whole.startswith(found.rstrip("\ufffd"))
    assert len(found) >= len(whole) - 3


@pytest.mark.parametrize("declared", ["utf-16", "utf-16le", "utf-32"])
def test_plain_letters_declared_as_wide_ones_stay_plain(declared):
    assert decode_text(b"hello there", declared) == ("hello there", None)


@pytest.mark.parametrize("declared", ["rot13", "base64", "unicode_escape", "idna", "cp99999"])
def test_what_is_no_charset_is_not_used_as_one(declared):
    assert decode_text("é \\ud800".encode(), declared)[0] == "é \\ud800"
