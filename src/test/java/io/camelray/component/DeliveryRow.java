package io.camelray.component;

import io.camelray.component.FaultyStore.What;
import io.camelray.sandbox.FailureRule;
import java.util.List;
import java.util.Optional;

/**
 * One kind of bad input for delivery, and what it comes to.
 *
 * @param says the words of the list that delivery has to stand
 * @param rules what the provider's storage does
 * @param fault what the store does to uploads
 * @param destinations where it is tried
 * @param failsWith what the render fails with, if it does; else it is delivered
 * @param waitsWith what the ledger says while it waits to be tried again; empty if it may not even wait
 */
record DeliveryRow(
        String says,
        List<FailureRule> rules,
        Optional<StoreFault> fault,
        List<To> destinations,
        Optional<String> failsWith,
        String waitsWith) {

    /** Where outputs of a row go. */
    enum To {
        FOLDER,
        /** Small enough for one request. */
        BUCKET,
        /** Large enough for parts. */
        BUCKET_IN_PARTS
    }

    /** @param part the part that is spoilt; 0 in one request */
    record StoreFault(What what, int part, int times) {}

    /** Bad input from the provider's storage, for both destinations. */
    static DeliveryRow download(String says, FailureRule... rules) {
        return new DeliveryRow(
                says, List.of(rules), Optional.empty(), List.of(To.FOLDER, To.BUCKET), Optional.empty(), "");
    }

    /** Trouble with the destination. */
    static DeliveryRow store(String says, To to) {
        return new DeliveryRow(says, List.of(), Optional.empty(), List.of(to), Optional.empty(), "");
    }

    DeliveryRow spoilt(What what, int part, int times) {
        return new DeliveryRow(
                says, rules, Optional.of(new StoreFault(what, part, times)), destinations, failsWith, waitsWith);
    }

    DeliveryRow failing(String words) {
        return new DeliveryRow(says, rules, fault, destinations, Optional.of(words), waitsWith);
    }

    DeliveryRow waiting(String words) {
        return new DeliveryRow(says, rules, fault, destinations, failsWith, words);
    }
}
