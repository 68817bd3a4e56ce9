import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_refer_inquiry", {
    steps: () => [
        {
            content: "the mail is a new inquiry of the actor's",
            trigger: ".o_kanban_record:contains(Building permit for a hall):contains(Havnen skriver)",
            run: "click",
        },
        {
            content: "what was written is there to read",
            trigger: ".o_field_widget[name=description]:contains(When do we get the permit?)",
        },
        {
            trigger: "button[name=action_refer]:contains(Refer…)",
            run: "click",
        },
        {
            content: "it is a matter for the municipality as an authority",
            trigger: ".modal .o_field_widget[name=kind] .o_radio_item:contains(Authority) input",
            run: "click",
        },
        {
            content: "the entrance takes no part in it",
            trigger: ".modal .alert:contains(takes no part in the decision)",
        },
        {
            trigger: ".modal .o_field_widget[name=referred_to] input",
            run: "edit Planning and Building && press Tab",
        },
        {
            content: "the mail is for who wrote, and says where the matter lies",
            trigger: ".modal .o_field_widget[name=receiver_ids] .o_tag:contains(Lis)",
        },
        {
            trigger: ".modal .o_field_widget[name=body]:contains(in the hands of Planning and Building)",
        },
        {
            trigger: ".modal button[name=action_apply]:contains(Refer and Send the Mail)",
            run: "click",
        },
        {
            content: "it is referred",
            trigger: "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains(Referred)",
        },
        {
            content: "and the form says what the entrance does with it",
            trigger: ".alert:contains(The entrance refers it and follows up, but takes no part in the decision.)",
        },
        {
            trigger: ".o_field_widget[name=referred_to] input:value(Planning and Building)",
        },
    ],
});
