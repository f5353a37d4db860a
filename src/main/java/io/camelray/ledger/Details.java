package io.camelray.ledger;

import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import java.time.Instant;
import java.util.Optional;

/** What a change of state writes besides the state; what is not said is cleared. */
record Details(Optional<HoldReason> held, Optional<Failure> failure, String note, Optional<Instant> dueAt) {

    static final Details NONE = noted("");

    static Details noted(String note) {
        return new Details(Optional.empty(), Optional.empty(), note, Optional.empty());
    }

    static Details due(Instant at, String note) {
        return new Details(Optional.empty(), Optional.empty(), note, Optional.of(at));
    }

    static Details held(HoldReason reason, String note) {
        return new Details(Optional.of(reason), Optional.empty(), note, Optional.empty());
    }

    static Details failed(Failure failure) {
        return new Details(Optional.empty(), Optional.of(failure), "", Optional.empty());
    }
}
