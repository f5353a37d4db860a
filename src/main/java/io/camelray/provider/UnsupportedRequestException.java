package io.camelray.provider;

/** The provider has no such operation or option. */
public class UnsupportedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedRequestException(String message) {
        super(message);
    }
}
