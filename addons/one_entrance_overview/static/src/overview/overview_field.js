import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {ViewButton} from "@web/views/view_button/view_button";

import {Component} from "@odoo/owl";

/**
 * A value that is a button: a number of the overview opens the records behind it, a name what it is the name of.
 *
 * It is for the cells of a list, where Odoo's own buttons show no value.
 */
export class OverviewField extends Component {
    static template = "one_entrance_overview.OverviewField";
    static components = {ViewButton};
    static props = {...standardFieldProps, action: String, danger: Boolean, percentage: Boolean};

    get field() {
        return this.props.record.fields[this.props.name];
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get text() {
        const type = this.props.percentage ? "percentage" : this.field.type;
        return registry.category("formatters").get(type)(this.value, this.props.percentage ? {digits: [16, 0]} : {});
    }

    get className() {
        if (!this.value) {
            return "text-muted";
        }
        return this.props.danger ? "text-danger fw-bold" : "";
    }

    get clickParams() {
        return {type: "object", name: this.props.action, context: {one_entrance_count: this.props.name}};
    }

    get attrs() {
        return {"data-count": this.props.name, "aria-label": `${this.field.string}: ${this.text}`};
    }
}

registry.category("fields").add("one_entrance_overview", {
    component: OverviewField,
    displayName: _t("Opens What Is Behind It"),
    supportedTypes: ["char", "float", "integer"],
    isEmpty: () => false,
    extractProps: ({options}) => ({
        action: options.action || "action_open_overview",
        danger: Boolean(options.danger),
        percentage: Boolean(options.percentage),
    }),
});
