def prepare_activity(record, xmlid, user, date_deadline, summary, **values):
    """What gives a user an activity of the scheme: many are created in one batch, and read all names at once.

    :param record: what it is on
    :param str xmlid: the external id of its type
    :param res.users user: who gets it
    :param date date_deadline:
    :param str summary: what is to be done, in the user's language
    :param values: what else there is to it
    :return: values of the activity
    :rtype: dict
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
