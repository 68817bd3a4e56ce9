def write_changed(wanted):
    """Write on each record what differs from what it has, with one write for records that change alike.

    :param dict wanted: by record, all of one model, the values it is to have
    """
    alike = {}
    for record, values in wanted.items():
        changed = {
            name: value
            for name, value in values.items()
            if record._fields[name].convert_to_write(record[name], record) != value
        }
        if changed:
            # commands on lines cannot be hashed, and say in their text what they are
            alike.setdefault(repr(changed), (changed, record.browse(), []))[2].append(record.id)
    for changed, model, ids in alike.values():
        model.browse(ids).write(changed)
