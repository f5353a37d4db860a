package io.camelray.intake;

/** A template that is not written as one. */
final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }
}
