package io.camelray.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the check of a downloaded file came to. */
public sealed interface OutputVerdict {

    /**
     * The file is whole and of the right kind; whether it is what was asked for is said in its flags.
     *
     * @param contentType by what the bytes are, not by what the server said
     * @param findings what was measured; {@code flags} holds sentences about what differs from the request
     */
    record Sound(String contentType, ObjectNode findings) implements OutputVerdict {}

    /** The file must not be stored. */
    record Broken(String sentence) implements OutputVerdict {}
}
