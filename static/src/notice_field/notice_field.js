import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

import {Component} from "@odoo/owl";

/**
 * Says who the one entrance of each actor is, and lets a colleague hand over a point instead of calling.
 *
 * The button is no button of the view, as that one would save first: an event that is only thought of would invite its
 * guests.
 */
export class NoticeField extends Component {
    static template = "one_entrance.NoticeField";
    static props = {...standardFieldProps};

    setup() {
        this.dialog = useService("dialog");
    }

    get lines() {
        const {data} = this.props.record;
        const actors = data.one_entrance_notice_actors || [];
        const texts = (data[this.props.name] || "").split("\n");
        return actors.map((actorId, i) => ({actorId, text: texts[i]}));
    }

    handOverPoint(actorId) {
        this.dialog.add(FormViewDialog, {
            resModel: "one.entrance.point.wizard",
            title: _t("Hand Over a Point"),
            context: {default_partner_id: actorId},
            canExpand: false,
            size: "md",
        });
    }
}

registry.category("fields").add("one_entrance_notice", {
    component: NoticeField,
    supportedTypes: ["text"],
    fieldDependencies: [{name: "one_entrance_notice_actors", type: "json"}],
});
