import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";

/** A dialog that stays until the work is done. */
class WorkDialog extends Dialog {
    onEscape() {
        return Promise.resolve();
    }
}

/**
 * Has the letters written, printed and fetched, and shows how far it is: only figures that are known.
 *
 * It lies over the wizard, so that nothing can be clicked twice.
 */
export class LetterProgress extends Component {
    static template = "one_entrance.LetterProgress";
    static components = {Dialog: WorkDialog};
    static props = {
        wizardId: Number,
        method: String,
        onDone: Function,
        onError: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({step: "check", total: 0, done: 0, seconds: 0});
        this.clock = setInterval(() => this.state.seconds++, 1000);
        onWillUnmount(() => clearInterval(this.clock));
        onMounted(() => this.work());
    }

    get title() {
        return this.props.method === "mail" ? _t("Sending the Letters") : _t("Printing the Letters");
    }

    /** The share of letters that are written. */
    get percent() {
        return this.state.total ? Math.round((100 * this.state.done) / this.state.total) : 0;
    }

    get steps() {
        const {step, total, done, seconds} = this.state;
        const order = ["check", "write", "print", "fetch"];
        const texts = {
            check: _t("Looking at the actors once more"),
            write: _t("Writing the letters: %(done)s of %(total)s", {done, total}),
            print: total === 1 ? _t("Printing the letter") : _t("Printing %(total)s letters in one go", {total}),
            fetch: _t("Fetching the PDF"),
        };
        if (step === "print") {
            texts.print = _t("%(text)s… %(seconds)s s", {text: texts.print, seconds});
        }
        const now = order.indexOf(step);
        return order.filter((key, i) => i <= now).map((key, i) => ({key, text: texts[key], isDone: i < now}));
    }

    async work() {
        try {
            this.props.onDone(await this.sendLetters());
        } catch (error) {
            this.props.onError(error);
        } finally {
            this.props.close();
        }
    }

    go(step) {
        this.state.step = step;
        this.state.seconds = 0;
    }

    call(method, ...args) {
        return this.orm.silent.call("one.entrance.letter.wizard", method, [[this.props.wizardId], ...args]);
    }

    /** Returns what the server says when all is done: false where nobody could get a letter. */
    async sendLetters() {
        this.state.total = await this.call("start_letters");
        if (!this.state.total) {
            return false;
        }
        this.go("write");
        while (this.state.done < this.state.total) {
            const done = await this.call("write_letters", this.state.done);
            if (done === this.state.done) {
                break;
            }
            this.state.done = done;
        }
        this.go("print");
        const result = await this.call("finish_letters");
        if (result && result.download) {
            this.go("fetch");
            await download({url: result.download, data: {}});
        }
        return result;
    }
}

/** The name of an actor, which opens it over the wizard: what is missing is mended there, and looked at again. */
export class LetterActorField extends Component {
    static template = "one_entrance.LetterActorField";
    static props = {...standardFieldProps};

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
    }

    get actor() {
        return this.props.record.data[this.props.name];
    }

    open() {
        this.dialog.add(FormViewDialog, {
            resModel: "res.partner",
            resId: this.actor.id,
            title: this.actor.display_name,
            context: {form_view_ref: "one_entrance.res_partner_actor_view_form"},
            onRecordSaved: () => this.lookAgain(),
        });
    }

    async lookAgain() {
        const {model} = this.props.record;
        if (await model.root.save()) {
            await this.orm.call("one.entrance.letter.wizard", "action_check", [[model.root.resId]]);
            await model.load();
        }
    }
}

registry.category("fields").add("one_entrance_letter_actor", {
    component: LetterActorField,
    supportedTypes: ["many2one"],
});

export class LetterWizardController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    get modelParams() {
        const params = super.modelParams;
        // Who can get a letter is another question on paper than by mail.
        params.hooks.onRecordChanged = (record, changes) => {
            if ("method" in changes) {
                this.saveMethod(record);
            }
        };
        return params;
    }

    async saveMethod(record) {
        await Promise.resolve();
        await record.save();
    }

    async beforeExecuteActionButton(clickParams) {
        if (["action_print", "action_mail"].includes(clickParams.name)) {
            if (await this.model.root.save()) {
                await this.sendLetters();
            }
            return false;
        }
        if (clickParams.name === "action_download") {
            const action = await this.orm.call(this.props.resModel, "action_download", [[this.model.root.resId]]);
            await download({url: action.url, data: {}});
            return false;
        }
        return super.beforeExecuteActionButton(...arguments);
    }

    async sendLetters() {
        let result = false;
        try {
            result = await new Promise((resolve, reject) => {
                this.dialogService.add(LetterProgress, {
                    wizardId: this.model.root.resId,
                    method: this.model.root.data.method,
                    onDone: resolve,
                    onError: reject,
                });
            });
        } finally {
            if (!result || result.download) {
                await this.model.load();
            }
        }
        if (!result) {
            this.notification.add(_t("None of these actors can get a letter any more."), {type: "warning"});
        } else if (!result.download) {
            await this.actionService.doAction(result);
        }
    }
}

registry.category("views").add("one_entrance_letter_wizard_form", {
    ...formView,
    Controller: LetterWizardController,
});
