"""The translations: one_entrance.pot is what Odoo exports, da.po translates all of it."""

import polib

from .paths import LOGS, MODULE, ROOT, StopError

I18N = ROOT / "i18n"
POT = I18N / f"{MODULE}.pot"
LANGUAGES = {"da": "da_DK"}
HEADER = ("Project-Id-Version", "Report-Msgid-Bugs-To", "Language", "Last-Translator", "Language-Team")


def export(place, database):
    """A fresh export by Odoo, read back."""
    file = LOGS / f"{MODULE}.pot"
    file.unlink(missing_ok=True)
    place.odoo_logged("terms", "i18n", "export", "-d", database, "-o", file, MODULE)
    if not file.exists():
        raise StopError(f"Odoo exported no terms of {MODULE}.")
    return polib.pofile(str(file))


def _key(entry):
    return (entry.msgctxt, entry.msgid)


def _shorten(text):
    text = " ".join(text.split())
    return f"'{text}'" if len(text) < 70 else f"'{text[:67]}...'"


def _list(entries):
    return ", ".join(_shorten(entry.msgid) for entry in entries[:5]) + (" ..." if len(entries) > 5 else "")


def check(place, database):
    """What is wrong with i18n/, as lines; none when all is well."""
    fresh = export(place, database)
    if not POT.exists():
        return [f"i18n/{POT.name} is missing. Run 'make pot'."]
    found = []
    template = polib.pofile(str(POT))
    found += _compare(f"i18n/{POT.name}", fresh, template)
    for name in LANGUAGES:
        file = I18N / f"{name}.po"
        if not file.exists():
            found.append(f"i18n/{name}.po is missing. Run 'make pot'.")
            continue
        translated = polib.pofile(str(file))
        found += _compare(f"i18n/{name}.po", fresh, translated)
        for problem, entries in (
            ("untranslated", [e for e in translated if not e.translated() and not e.fuzzy and not e.obsolete]),
            ("fuzzy", [e for e in translated if e.fuzzy and not e.obsolete]),
        ):
            if entries:
                found.append(f"i18n/{name}.po: {len(entries)} {problem}: {_list(entries)}")
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


def update(place, database, say=print):
    """Write the template anew, and carry the translations over."""
    fresh = export(place, database)
    I18N.mkdir(exist_ok=True)
    _steady(fresh, polib.pofile(str(POT)) if POT.exists() else None)
    fresh.save(str(POT))
    say(f"i18n/{POT.name}: {len(fresh)} terms")
    for name in LANGUAGES:
        file = I18N / f"{name}.po"
        old = polib.pofile(str(file)) if file.exists() else polib.POFile()
        new = _merge(fresh, old, name)
        new.save(str(file))
        left = [e for e in new if not e.translated()]
        say(f"i18n/{name}.po: {len(new) - len(left)} translated, {len(left)} to do{': ' + _list(left) if left else ''}")


def _steady(fresh, old):
    """Keep dates as they were while no term has changed: no difference without a reason."""
    if old is not None and {_key(e) for e in old} == {_key(e) for e in fresh}:
        for field in ("POT-Creation-Date", "PO-Revision-Date"):
            if field in old.metadata:
                fresh.metadata[field] = old.metadata[field]


def _merge(fresh, old, language):
    known = {_key(entry): entry for entry in old if entry.msgstr}
    new = polib.POFile()
    new.header = (
        old.header
        or f"Translation of Odoo Server.\nThis file contains the translation of the following modules:\n\t* {MODULE}\n"
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
