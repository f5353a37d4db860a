package io.camelray.rules;

import io.camelray.model.Labelled;

/**
 * A rule of the fact sheet that needs no check of a request.
 *
 * @param reason why not, one sentence
 */
public record RuleNote(String id, Treatment treatment, String reason) {

    /** Where the rule is kept instead. */
    public enum Treatment implements Labelled {
        BY_CONSTRUCTION("by construction"),
        ELSEWHERE("elsewhere");

        private final String label;

        Treatment(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }
}
