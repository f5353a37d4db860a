package io.camelray.cli;

import io.camelray.ledger.LedgerHeldException;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.OperatorException;
import java.util.List;
import java.util.stream.Stream;

/** Makes one readable line of a failure: the innermost cause that we wrote ourselves, else the innermost of all. */
final class Sentences {

    private static final List<Class<?>> OURS = List.of(
            OperatorException.class,
            LedgerHeldException.class,
            LedgerUnavailableException.class,
            IllegalArgumentException.class,
            IllegalStateException.class);

    private Sentences() {}

    static String of(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, next -> next != null, Throwable::getCause)
                .limit(30)
                .toList();
        Throwable said = chain.stream()
                .filter(cause -> OURS.contains(cause.getClass()))
                .reduce((outer, inner) -> inner)
                .orElse(chain.get(chain.size() - 1));
        String message = said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
