def prepare_activity(record, xmlid, user, date_deadline, summary, **values):
    """Return the values of an automatic activity, so that many can be created in one batch.

    :param str xmlid: of the activity type
    :param str summary: in the user's language
    :param values: further values of the activity
    """
    return {
        "res_model_id": record.env["ir.model"]._get_id(record._name),
        "res_id": record.id,
        "res_name": record.with_context(lang=user.lang or record.env.lang).display_name,
        "activity_type_id": record.env["ir.model.data"]._xmlid_to_res_id(xmlid),
        "user_id": user.id,
        "date_deadline": date_deadline,
        "summary": summary,
        "automated": True,
        **values,
    }
