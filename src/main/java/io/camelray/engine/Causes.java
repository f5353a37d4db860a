package io.camelray.engine;

import io.camelray.provider.ErrorText;
import java.util.concurrent.TimeoutException;

/** Says in a few words why a connection failed. */
final class Causes {

    private Causes() {}

    static String describe(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no whole answer in time";
        }
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName().replaceAll("Exception$", "");
        return ErrorText.bounded(message == null || message.isBlank() ? name : name + ": " + message);
    }
}
