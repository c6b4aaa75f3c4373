"""Text files in every way that programs keep letters and divide columns, and in some that none does."""

import pytest

from tests.intake.hostile import GOOD, HEADER, STATE_LINE, STATE_STORED, STORED, case, check, edsight, packed, row, tidy

pytestmark = [pytest.mark.django_db, pytest.mark.read]

TEXT = tidy(GOOD)
ACCENT = tidy(row(note="Médiathèque"))
WITH_ACCENT = f"{STORED} “Médiathèque”"
SECOND = row(group="white", value="90.0", numerator="90", denominator="100")
SECOND_STORED = "graduation-4yr 0640011 white 2025 90 90/100 final"
UTF_16 = "The file is kept as “Unicode text” (UTF-16); it was read so."
UTF_32 = "The file is kept as “Unicode text” (UTF-32); it was read so."
NOT_TEXT = "not a text file or an Excel workbook"


def divided(mark: str, text: str = TEXT) -> str:
    return text.replace(",", mark)


ENCODINGS = [
    case("UTF-8 with a byte order mark", b"\xef\xbb\xbf" + ACCENT.encode(), WITH_ACCENT),
    case("UTF-8 without one", ACCENT, WITH_ACCENT),
    case("a byte order mark twice", b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(), STORED),
    case(
        "UTF-16, little end first, with its mark", b"\xff\xfe" + ACCENT.encode("utf-16-le"), WITH_ACCENT, remarks=UTF_16
    ),
    case("UTF-16, big end first, with its mark", b"\xfe\xff" + ACCENT.encode("utf-16-be"), WITH_ACCENT, remarks=UTF_16),
    case("UTF-16, little end first, without a mark", ACCENT.encode("utf-16-le"), WITH_ACCENT, remarks=UTF_16),
    case("UTF-16, big end first, without a mark", ACCENT.encode("utf-16-be"), WITH_ACCENT, remarks=UTF_16),
    case(
        "UTF-16 cut in the middle of a letter", TEXT.encode("utf-16")[:-1], whole="The letters of this file are damaged"
    ),
    case("UTF-16 without a mark and cut in the middle of a letter", TEXT.encode("utf-16-le")[:-1], whole=NOT_TEXT),
    case("UTF-16 with half of a pair", b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8", whole="damaged"),
    case("UTF-32 with its mark", ACCENT.encode("utf-32"), WITH_ACCENT, remarks=UTF_32),
    case(
        "UTF-32, big end first, with its mark",
        b"\x00\x00\xfe\xff" + ACCENT.encode("utf-32-be"),
        WITH_ACCENT,
        remarks=UTF_32,
    ),
    case("UTF-32 without a mark", ACCENT.encode("utf-32-le"), whole=NOT_TEXT),
    case(
        "Windows-1252 with accents",
        ACCENT.encode("cp1252"),
        WITH_ACCENT,
        remarks="Line 2 has letters that are not UTF-8; the file was read as Windows-1252 (è é)",
    ),
    case(
        "Windows-1252 with curly quotes",
        tidy(row(note="“Revised” – see page")).encode("cp1252"),
        f"{STORED} ““Revised” – see page”",
        remarks="Windows-1252",
    ),
    case(
        "Latin-1 with the control letters that Windows-1252 does not have",
        tidy(row(note="x\x81y")).encode("latin-1"),
        whole="Line 2 has a letter that is not UTF-8",
    ),
    case("letters of Mac Roman", ACCENT.encode("mac-roman"), whole="Line 2 has a letter that is not UTF-8"),
    case("letters of old DOS", ACCENT.encode("cp437"), whole="Line 2 has a letter that is not UTF-8"),
    case(
        "an accent at the end of a word in Mac Roman",
        tidy(row(note="Café")).encode("mac-roman"),
        whole="Line 2 has a letter that is not UTF-8",
    ),
    case(
        "an accent at the end of a word in old DOS",
        tidy(row(note="Café")).encode("cp437"),
        whole="Line 2 has a letter that is not UTF-8",
    ),
    case(
        "UTF-8 that was taken for Windows-1252 and saved again",
        tidy(row(note="MÃ©diathÃ¨que")),
        refuses="Line 2: this cell has letters that were read wrongly before",
    ),
    case(
        "a dash that was taken for Windows-1252",
        tidy(row(note="1 â€“ 2")),
        refuses="Line 2: this cell has letters that were read wrongly before",
    ),
    case(
        "UTF-8 with one broken letter",
        tidy(row(note="Café")).encode() + b"x\xc3(\n",
        whole="Line 3 has a letter that is not UTF-8",
    ),
    case(
        "one letter of Latin-1 and no other",
        TEXT.encode() + b"x\xc3(\n",
        STORED,
        refuses="Line 3: this indicator is not known",
        remarks="Line 3 has letters that are not UTF-8; the file was read as Windows-1252 (Ã)",
    ),
    case("UTF-8 with an overlong slash", TEXT.encode() + b"x\xc0\xaf\n", whole="Line 3 has a letter that is not UTF-8"),
    case(
        "UTF-8 with half of a pair", TEXT.encode() + b"x\xed\xa0\x80\n", whole="Line 3 has a letter that is not UTF-8"
    ),
    case(
        "a letter that was lost before",
        tidy(row(note="M\ufffddiath\ufffdque")),
        refuses="Line 2: this cell has letters that were read wrongly before",
    ),
    case("a NUL in the middle", TEXT.encode() + b"\x00", whole=NOT_TEXT),
    case("NULs alone", b"\x00" * 4096, whole=NOT_TEXT),
    case("UTF-7", b"+AGkAbgBkAGk-cator,place\n1,2\n", whole="This is not a table of figures"),
    case("EBCDIC", TEXT.encode("cp037"), whole="is not"),
]

LINE_ENDS = [
    case("Windows line ends", TEXT.replace("\n", "\r\n"), STORED),
    case("old Macintosh line ends", TEXT.replace("\n", "\r"), STORED),
    case("mixed line ends", f"{HEADER}\r\n{GOOD}\n{SECOND}\r", STORED, SECOND_STORED),
    case("no end of the last line", TEXT.rstrip("\n"), STORED),
    case("blank lines between", f"\n\n{HEADER}\n\n{GOOD}\n\n\n{SECOND}\n\n", STORED, SECOND_STORED),
    case("lines of commas alone", f"{HEADER}\n,,,,,,,,,\n{GOOD}\n,,,\n", STORED),
    case("a next-line letter for a line end", f"{HEADER}\n{GOOD}\x85{SECOND}\n", whole="Line 2 has 18 cells"),
    case("a line separator for a line end", f"{HEADER}\n{GOOD}\u2028{SECOND}\n", whole="Line 2 has 18 cells"),
    case(
        "a paragraph separator in a note",
        tidy(row(note="one\u2029two")),
        refuses="Line 2: this cell has a letter that cannot be seen",
    ),
    case(
        "a line end inside a quoted note",
        tidy(row(note='"one\ntwo"')),
        refuses="Line 2: this cell has a letter that cannot be seen",
    ),
    case("a form feed after the figures", TEXT + "\x0c\n", STORED),
    case(
        "the end-of-file letter of old DOS",
        TEXT + "\x1a",
        STORED,
        refuses="Line 3: this cell has a letter that cannot be seen",
    ),
]

DELIMITERS = [
    case("semicolons", divided(";"), STORED, remarks="The columns are divided by semicolons"),
    case("tabs", divided("\t"), STORED, remarks="The columns are divided by tabs"),
    case("bars", divided("|"), STORED, remarks="The columns are divided by bars"),
    case("semicolons and a line that says so", "sep=;\r\n" + divided(";"), STORED, remarks="divided by semicolons"),
    case("commas and a line that says so", "sep=,\n" + TEXT, STORED),
    case(
        "a line that says so after a byte order mark",
        b"\xef\xbb\xbfsep=;\n" + divided(";").encode(),
        STORED,
        remarks="divided by semicolons",
    ),
    case("carets and a line that says so", "sep=^\n" + divided("^"), STORED, remarks="divided by ^"),
    case("a line that says what no column is divided by", "sep=x\n" + TEXT, whole="is not a table of figures"),
    case(
        "semicolons and decimal commas",
        divided(";").replace("80.1", "80,1"),
        remarks="divided by semicolons",
        refuses="Line 2: “80,1” has a comma; write 80.1 with a decimal point.",
    ),
    case(
        "commas and a decimal comma in quotes",
        tidy(row(value='"80,1"')),
        refuses="Line 2: “80,1” has a comma; write 80.1 with a decimal point.",
    ),
    case("commas and a decimal comma without quotes", tidy(row(value="80,1")), refuses="Line 2"),
    case("a comma inside a cell without quotes", tidy(row(note="revised, again")), whole="Line 2 has 11 cells"),
    case("a comma inside a quoted cell", tidy(row(note='"revised, again"')), f"{STORED} “revised, again”"),
    case("quotes inside a quoted cell", tidy(row(note='"the ""new"" count"')), f'{STORED} “the "new" count”'),
    case("a quote that never ends", tidy(row(note='"revised')), whole="cannot be read as CSV"),
    case("text behind a closing quote", tidy(row(note='"revised" again')), whole="Line 2 cannot be read as CSV"),
    case("a quote in the middle of a cell", tidy(row(note='6" rain')), f'{STORED} “6" rain”'),
    case("single quotes around cells", tidy(GOOD.replace("black", "'black'")), refuses="Line 2"),
    case(
        "every cell quoted",
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in TEXT.splitlines()),
        STORED,
    ),
    case(
        "blanks around cells",
        "\n".join(",".join(f" {cell} " for cell in line.split(",")) for line in TEXT.splitlines()),
        STORED,
    ),
    case("blanks before quoted cells", tidy(GOOD.replace(",black,", ', "black",')), refuses="Line 2"),
    case("columns divided by blanks", divided("  "), whole="is not"),
    case("one column", "value\n80.1\n", whole="is not a table of figures"),
    case(
        "too few cells", tidy("graduation-4yr,0640011,black,2025,80.1"), refuses="Line 2: the column “source” is empty."
    ),
    case("a header cell of blanks at the end", tidy(GOOD + ",", header=HEADER + ", "), STORED),
    case(
        "an empty column in the middle",
        tidy(GOOD.replace(",2025", ",,2025"), header=HEADER.replace(",period", ",,period")),
        whole="Column 4 of the header has no name",
    ),
    case("capital letters in the header", tidy(GOOD, header=HEADER.upper()), STORED),
    case(
        "columns in another order", "\n".join(",".join(reversed(line.split(","))) for line in TEXT.splitlines()), STORED
    ),
    case(
        "EdSight with semicolons",
        edsight(STATE_LINE).replace(",", ";").replace("Rates;", "Rates,"),
        STATE_STORED,
        remarks="divided by semicolons",
    ),
]

PACKED = [
    case("gzip", packed(TEXT.encode()), STORED),
    case("gzip of UTF-16", packed(ACCENT.encode("utf-16")), WITH_ACCENT, remarks=UTF_16),
    case("gzip cut short", packed(TEXT.encode())[:-9], whole="damaged: it cannot be unpacked"),
    case(
        "gzip with a wrong checksum", packed(TEXT.encode())[:-8] + b"\x00" * 8, whole="damaged: it cannot be unpacked"
    ),
    case("the beginning of gzip", b"\x1f\x8b", whole="damaged: it cannot be unpacked"),
    case("gzip of nothing", packed(b""), whole="The file is empty."),
    case("gzip in gzip", packed(packed(TEXT.encode())), whole="packed twice"),
    case("gzip with something behind it", packed(TEXT.encode()) + b"more", whole="damaged: it cannot be unpacked"),
    case("two gzips one after the other", packed(f"{HEADER}\n".encode()) + packed(GOOD.encode()), STORED),
    case("bzip2", b"BZh91AY&SY" + bytes(range(128, 250)), whole="is not"),
    case("7z", b"7z\xbc\xaf'\x1c\x00\x04", whole=NOT_TEXT),
    case("rar", b"Rar!\x1a\x07\x01\x00" + bytes(40), whole=NOT_TEXT),
]

SIZES = [
    case("an empty file", b"", whole="The file is empty."),
    case("a byte order mark alone", b"\xef\xbb\xbf", whole="The file has no header line"),
    case("blank lines alone", "\r\n" * 500, whole="The file has no header line"),
    case("blanks alone", "   \n \t \n", whole="The file has no header line"),
    case("commas alone", ",,,,\n,,,,\n", whole="The file has no header line"),
    case("only the header", HEADER + "\n", whole="The file has a header and no figures under it."),
    case(
        "only the header and blank lines", HEADER + "\n\n,,,\n", whole="The file has a header and no figures under it."
    ),
    case("only the header of a state file", edsight(), whole="The file has a header and no figures under it."),
    case(
        "a very long cell in the note",
        tidy(row(note="x" * 601)),
        refuses="Line 2: the note is longer than 600 letters.",
    ),
    case(
        "a cell longer than CSV allows",
        tidy(row(note="x" * 200_000)),
        whole="Line 2 cannot be read as CSV: field larger",
    ),
    case("a long number", tidy(row(value="8" * 5000)), refuses="Line 2"),
    case("a long fraction", tidy(row(value="80." + "1" * 500)), refuses="Line 2"),
    case("a long year", tidy(row(period="2" * 5000)), refuses="Line 2: this cell is not a year"),
    case("a long count", tidy(row(numerator="3" * 5000)), refuses="Line 2: this cell is not a whole number"),
    case("a long name of a place", tidy(row(place="H" * 9000)), refuses="Line 2"),
    case(
        "ten thousand columns of our own",
        ",".join([HEADER, *(f"c{n}" for n in range(10_000))]) + "\n" + GOOD + "\n",
        whole="a column “c0” that is not known",
    ),
    case(
        "ten thousand columns of nothing",
        ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("1" * 10_000),
        whole="is not a table of figures",
    ),
    case("ten thousand empty cells behind the line", tidy(GOOD + "," * 10_000), STORED),
    case("1,200,001 lines", HEADER + "\n" * 1_200_002 + GOOD, whole="The file has more than 1200000 lines; divide it."),
]

KINDS = [
    case(
        "a web page",
        "<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>",
        whole="a web page",
    ),
    case("a web page after a byte order mark", b"\xef\xbb\xbf<html><body>1,2</body></html>", whole="a web page"),
    case("a web page that begins with a comment", "<!-- saved -->\n<html><body>1,2</body></html>", whole="a web page"),
    case(
        "a table of a web page named .xls",
        '<table border="1"><tr><td>District</td></tr></table>',
        whole="a web page",
        file="export.xls",
    ),
    case("XML", "<?xml version='1.0'?>\n<Workbook/>", whole="a web page"),
    case("JSON", '[{"indicator": "graduation-4yr", "value": 80.1}]', whole="is not a table of figures"),
    case("a letter", "Dear colleague,\nplease find attached the figures.\n", whole="is not a table of figures"),
    case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", whole="is not"),
    case("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", whole=NOT_TEXT),
    case("rich text", r"{\rtf1\ansi graduation}", whole="is not a table of figures"),
    case("a script", "#!/bin/sh\nrm -rf /\n", whole="is not a table of figures"),
    case("an SQL dump", "INSERT INTO metrics_observation VALUES (1, 2, 3);\n", whole="is not a table of figures"),
]


@pytest.mark.parametrize("one", [*ENCODINGS, *LINE_ENDS, *DELIMITERS, *PACKED, *SIZES, *KINDS], ids=str)
def test_a_text_file_becomes_what_it_says_or_is_refused_with_the_reason(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
