"""What the web client asks for when it shows a screen.

The client reads the architecture of a view and builds from it the specification that
``web_read`` and ``web_search_read`` get. The same is done here, so that a row measures
exactly the fields that the views of its own database name, for the user who looks.
"""

import ast
import json

from lxml import etree

# What a widget reads beside its own field, and of the records behind it: as in the
# widgets' own ``fieldDependencies`` and ``relatedFields``.
ACTIVITY = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
BESIDE = {"list_activity": ACTIVITY, "kanban_activity": ACTIVITY, "image": ("write_date",)}
NO_SUBVIEW = ("many2many_tags", "list_activity", "kanban_activity")


def specification(env, model, view, view_type):
    """The fields that a view shows to the user of ``env``, as the web client asks for them.

    :param str view: the view's XML id
    """
    views = env[model].get_views([(env.ref(view).id, view_type)])
    return _of_arch(env[model], etree.fromstring(views["views"][view_type]["arch"]))


def progress_bar(env, model, view):
    """The bar above the columns of a kanban, as the client asks for it; None where there is none."""
    views = env[model].get_views([(env.ref(view).id, "kanban")])
    node = etree.fromstring(views["views"]["kanban"]["arch"]).find(".//progressbar")
    if node is None:
        return None
    return {"field": node.get("field"), "colors": json.loads(node.get("colors")), "help": node.get("help")}


def _of_arch(records, arch):
    depth = arch.xpath("count(ancestor::field)")
    found = {}
    for node in arch.xpath(f".//field[count(ancestor::field) = {depth}]"):
        if node.get("name") not in records._fields:
            continue
        shown = {node.get("invisible"), node.get("column_invisible")}.isdisjoint({"True", "1"})
        spec = _of_node(records, node, shown)
        if shown or node.get("name") not in found:
            found[node.get("name")] = spec
        for name in BESIDE.get(node.get("widget"), ()):
            if name in records._fields:
                found.setdefault(name, _of_relation(records._fields[name], True))
    return found


def _of_relation(field, shown):
    if field.type in ("many2one", "reference"):
        return {"fields": {"display_name": {}} if shown else {}}
    return {}


def _of_node(records, node, shown):
    field = records._fields[node.get("name")]
    if field.type not in ("one2many", "many2many") or not shown:
        return _of_relation(field, shown)
    comodel = records.env[field.comodel_name]
    if node.get("widget") == "many2many_tags":
        color = ast.literal_eval(node.get("options") or "{}").get("color_field")
        return {"fields": {name: {} for name in ("display_name", color) if name}}
    if node.get("widget") in NO_SUBVIEW:
        return {"fields": {}}
    mode = (node.get("mode") or "list").split(",")[0]
    subview = next((child for child in node if child.tag == mode), None)
    if subview is not None:
        order = {"order": subview.get("default_order")} if subview.get("default_order") else {}
        return {"fields": _of_arch(comodel, subview), "limit": 40, **order}
    if node.getroottree().getroot().tag != "form":
        return {"fields": {}}
    views = comodel.get_views([(None, "list")])
    return {"fields": _of_arch(comodel, etree.fromstring(views["views"]["list"]["arch"])), "limit": 40}
