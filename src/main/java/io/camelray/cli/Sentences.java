package io.camelray.cli;

import java.util.List;
import java.util.stream.Stream;

/** Makes one readable line of a failure: the outermost cause that we wrote ourselves, else the innermost of all. */
final class Sentences {

    private Sentences() {}

    static String of(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, next -> next != null, Throwable::getCause)
                .limit(30)
                .toList();
        Throwable said = chain.stream().filter(Sentences::isOurs).findFirst().orElse(chain.get(chain.size() - 1));
        String message = said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }

    private static boolean isOurs(Throwable cause) {
        return cause.getClass().getName().startsWith("io.camelray.")
                || cause.getClass() == IllegalArgumentException.class
                || cause.getClass() == IllegalStateException.class;
    }
}
