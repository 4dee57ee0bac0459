"""The inspector of pages finds each fault it is there for: a check that cannot fail does not count."""

import pytest

from tests.page_inspector import inspect

GOOD = """<!doctype html><html lang="da"><head><title>Besøg</title></head><body><a href="#indhold">Gå til</a>
<main id="indhold"><h1>Besøg</h1><label for="navn">Navn</label><input id="navn" name="navn">
<table><caption>Liste</caption></table></main></body></html>"""


def test_a_good_page_passes():
    inspect(GOOD)


@pytest.mark.parametrize("old, new", [
    ('lang="da"', 'lang="en"'), ("<h1>Besøg</h1>", ""), ("<h1>Besøg</h1>", "<h1>A</h1><h1>B</h1>"),
    ("<title>Besøg</title>", "<title></title>"),
    ('<label for="navn">Navn</label>', ""), ("<h1>", '<h1 id="navn">'), ("<h1>", '<h1 style="color:red">'), ("<h1>", '<h1 onclick="x()">'),
    ("<h1>", "<script>1</script><h1>"), ("<caption>Liste</caption>", ""),
    ("<h1>Besøg</h1>", "<h1>Bevilget</h1>"), ("<h1>Besøg</h1>", "<h1>Submit</h1>"),
    ('href="#indhold"', 'href="#andet"'), ("<h1>", '<img src="a"><h1>'), ("<h1>Besøg</h1>", "<h1></h1>"), ('href="#indhold"', 'href="javascript:1"'),
    ('name="navn">', 'name="navn" aria-describedby="fejl">'), ("<h1>", "<div><h1>"),
    ("<h1>", "<button></button><h1>"), ("<h1>Besøg</h1>", "<h1>Klienten</h1>")])
def test_every_fault_is_found(old, new):
    with pytest.raises(AssertionError):
        inspect(GOOD.replace(old, new, 1))
