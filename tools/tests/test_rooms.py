"""A room knows the rooms before it, and not those after; an addon knows those it depends on."""

from oe import rooms

#: (file, name): why this file may name what a later room or another addon defines.
EXCEPTIONS = {}


def test_no_file_names_what_comes_after_it():
    found = {
        f"{finding.place.path} names {finding.name} of {', '.join(sorted('/'.join(home).strip('/') for home in finding.homes))}"
        for finding in rooms.Names().findings()
        if (finding.place.path, finding.name) not in EXCEPTIONS
    }
    assert not found, "\n".join(sorted(found))


def test_no_exception_is_left_over():
    found = {(finding.place.path, finding.name) for finding in rooms.Names().findings()}
    assert not EXCEPTIONS.keys() - found
