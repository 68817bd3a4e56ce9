import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const due = ".o_field_widget[name=due_actor_ids]";
const commitments = ".o_field_widget[name=commitment_ids]";

// Nothing lies outside the screen: a phone scrolls down, never sideways.
const fitsTheScreen = () => {
    const page = document.querySelector(".o_content");
    if (page.scrollWidth > page.clientWidth || document.body.scrollWidth > window.innerWidth) {
        throw new Error(`The page is ${page.scrollWidth} px wide on a screen of ${window.innerWidth} px`);
    }
};

registry.category("web_tour.tours").add("one_entrance_leader_page", {
    steps: () => [
        ...stepUtils.toggleHomeMenu(),
        {
            content: "open the app",
            trigger: ".o_app[data-menu-xmlid='one_entrance.one_entrance_menu']",
            run: "click",
        },
        {
            content: "the director lands on the own page",
            trigger: ".o_one_entrance_page .o_field_widget[name=name]:contains(Director, Technology)",
        },
        {
            content: "and sees who is due, with a number to call",
            trigger: `${due} .o_kanban_record:contains(Havnen på telefon) a[href^='tel:']`,
            run: fitsTheScreen,
        },
        {
            content: "log the call",
            trigger: `${due} .o_kanban_record:contains(Havnen på telefon) button[name=action_one_entrance_log_meeting]`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=summary] input",
            run: "edit Alt vel",
        },
        {
            trigger: ".modal footer button:contains(Log)",
            run: "click",
        },
        {
            content: "nobody is due any more",
            trigger: `body:not(:has(.modal)) .o_one_entrance_page:not(:has(${due})):contains(Nobody is due)`,
        },
        {
            content: "the actor is on track",
            trigger:
                ".o_field_widget[name=held_actor_ids] .o_kanban_record:contains(Havnen på telefon):contains(On Track)",
        },
        {
            content: "keep the promise that is late",
            trigger: `${commitments} .o_kanban_record:contains(Tilladelsen):contains(Late) button[name=action_done]`,
            run: "click",
        },
        {
            content: "the other one is left",
            trigger: `${commitments}:not(:contains(Tilladelsen)):contains(Kajpladsen)`,
            run: fitsTheScreen,
        },
        {
            content: "the actor is one touch away",
            trigger: ".o_field_widget[name=held_actor_ids] .o_kanban_record:contains(Havnen på telefon)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=one_entrance_dialogue_state]",
        },
    ],
});
