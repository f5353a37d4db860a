package io.camelray.intake;

import io.camelray.model.RenderId;
import io.camelray.model.Violation;
import java.util.List;

/** What became of an ad-hoc request. */
public sealed interface AdHocResult {

    /**
     * It is in the ledger, now or since it was first asked for.
     *
     * @param added whether it is new; else nothing was done, and nothing more is paid
     * @param warnings what is doubtful about a new one
     */
    record Planned(RenderId render, boolean added, List<Violation> warnings) implements AdHocResult {

        public Planned {
            warnings = List.copyOf(warnings);
        }
    }

    /** The key stands for another request. @param render that one */
    record KeyTaken(RenderId render) implements AdHocResult {}

    /** It cannot be rendered; the places are the names of fields. */
    record Rejected(List<Violation> violations) implements AdHocResult {

        public Rejected {
            violations = List.copyOf(violations);
        }
    }
}
