"""The translations of each addon: its .pot is what Odoo exports, its da.po translates all of it."""

import polib

from .addon import addon_names, source
from .paths import LOGS, ROOT, StopError

LANGUAGES = {"da": "da_DK"}
HEADER = ("Project-Id-Version", "Report-Msgid-Bugs-To", "Language", "Last-Translator", "Language-Team")


def _folder(addon):
    return source(addon) / "i18n"


def _pot(addon):
    return _folder(addon) / f"{addon}.pot"


def _name(file):
    return file.relative_to(ROOT).as_posix()


def export(place, database, addon):
    """A fresh export by Odoo, read back."""
    file = LOGS / f"{addon}.pot"
    file.unlink(missing_ok=True)
    place.odoo_logged(f"terms-{addon}", "i18n", "export", "-d", database, "-o", file, addon)
    if not file.exists():
        raise StopError(f"Odoo exported no terms of {addon}.")
    return polib.pofile(str(file))


def _key(entry):
    return (entry.msgctxt, entry.msgid)


def _shorten(text):
    text = " ".join(text.split())
    return f"'{text}'" if len(text) < 70 else f"'{text[:67]}...'"


def _list(entries):
    return ", ".join(_shorten(entry.msgid) for entry in entries[:5]) + (" ..." if len(entries) > 5 else "")


def check(place, database, addon):
    """What is wrong with an addon's i18n/, as lines; none when all is well."""
    fresh = export(place, database, addon)
    if not _pot(addon).exists():
        return [f"{_name(_pot(addon))} is missing. Run 'make pot'."]
    found = _compare(_name(_pot(addon)), fresh, polib.pofile(str(_pot(addon))))
    for language in LANGUAGES:
        file = _folder(addon) / f"{language}.po"
        if not file.exists():
            found.append(f"{_name(file)} is missing. Run 'make pot'.")
            continue
        translated = polib.pofile(str(file))
        found += _compare(_name(file), fresh, translated)
        for problem, entries in (
            ("untranslated", [e for e in translated if not e.translated() and not e.fuzzy and not e.obsolete]),
            ("fuzzy", [e for e in translated if e.fuzzy and not e.obsolete]),
        ):
            if entries:
                found.append(f"{_name(file)}: {len(entries)} {problem}: {_list(entries)}")
    return found


def _compare(name, fresh, stored):
    wanted, present = {_key(e): e for e in fresh}, {_key(e): e for e in stored if not e.obsolete}
    missing = [entry for key, entry in wanted.items() if key not in present]
    obsolete = [entry for key, entry in present.items() if key not in wanted]
    found = []
    if missing:
        found.append(f"{name}: {len(missing)} missing: {_list(missing)}. Run 'make pot'.")
    if obsolete:
        found.append(f"{name}: {len(obsolete)} that are no longer used: {_list(obsolete)}. Run 'make pot'.")
    # Odoo applies a term's translation by the places that its comments and occurrences name.
    moved = [
        entry
        for key, entry in wanted.items()
        if key in present and {o[0] for o in entry.occurrences} - {o[0] for o in present[key].occurrences}
    ]
    if moved:
        found.append(f"{name}: {len(moved)} whose places have changed: {_list(moved)}. Run 'make pot'.")
    return found


def update(place, database, addon, elsewhere, say=print):
    """Write an addon's template anew, and carry the translations over.

    :param elsewhere: what all addons had translated before, by language: a term may have moved from one to another
    """
    fresh = export(place, database, addon)
    pot = _pot(addon)
    pot.parent.mkdir(exist_ok=True)
    _steady(fresh, polib.pofile(str(pot)) if pot.exists() else None)
    fresh.save(str(pot))
    say(f"{_name(pot)}: {len(fresh)} terms")
    for language in LANGUAGES:
        file = _folder(addon) / f"{language}.po"
        old = polib.pofile(str(file)) if file.exists() else polib.POFile()
        new = _merge(fresh, old, language, addon, elsewhere[language])
        new.save(str(file))
        left = [e for e in new if not e.translated()]
        say(f"{_name(file)}: {len(new) - len(left)} translated, {len(left)} to do{': ' + _list(left) if left else ''}")


def known_translations():
    """{language: {term: its translated entry}} of all addons together; where two differ, the core's."""
    known = {language: {} for language in LANGUAGES}
    for language, addon in ((language, addon) for language in LANGUAGES for addon in addon_names()):
        file = _folder(addon) / f"{language}.po"
        for entry in polib.pofile(str(file)) if file.exists() else ():
            if entry.msgstr:
                known[language].setdefault(_key(entry), entry)
    return known


def _steady(fresh, old):
    """Keep dates as they were while no term has changed: no difference without a reason."""
    if old is not None and {_key(e) for e in old} == {_key(e) for e in fresh}:
        for field in ("POT-Creation-Date", "PO-Revision-Date"):
            if field in old.metadata:
                fresh.metadata[field] = old.metadata[field]


def _merge(fresh, old, language, addon, elsewhere=None):
    known = {**(elsewhere or {}), **{_key(entry): entry for entry in old if entry.msgstr}}
    new = polib.POFile()
    new.header = (
        old.header
        or f"Translation of Odoo Server.\nThis file contains the translation of the following modules:\n\t* {addon}\n"
    )
    new.metadata = {**fresh.metadata, **{k: v for k, v in old.metadata.items() if k in HEADER}}
    new.metadata["Language"] = language
    new.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    new.metadata["PO-Revision-Date"] = fresh.metadata["POT-Creation-Date"]
    for entry in fresh:
        before = known.get(_key(entry))
        new.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgctxt=entry.msgctxt,
                msgstr=before.msgstr if before else "",
                comment=entry.comment,
                tcomment=before.tcomment if before else entry.tcomment,
                occurrences=entry.occurrences,
                flags=[flag for flag in (before.flags if before else entry.flags) if flag != "fuzzy"]
                + (["fuzzy"] if before and before.fuzzy else []),
            )
        )
    return new
