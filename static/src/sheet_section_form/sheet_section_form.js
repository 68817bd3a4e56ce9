import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";

/**
 * Sends the revision that a section's text is based on together with the text, so that whoever saves second is told
 * instead of writing over the first.
 */
export class SheetSectionFormController extends FormController {
    async onWillSaveRecord(record, changes) {
        if (record.resId && "body" in changes) {
            changes.revision = record.data.revision;
        }
        return super.onWillSaveRecord(...arguments);
    }
}

registry.category("views").add("one_entrance_sheet_section_form", {
    ...formView,
    Controller: SheetSectionFormController,
});
