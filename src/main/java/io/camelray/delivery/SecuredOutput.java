package io.camelray.delivery;

import io.camelray.model.Destination;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A verified output in the spool, ready to be stored.
 *
 * @param sha256 hexadecimal
 * @param key below the destination, with the ending that fits what the file is
 * @param metadata for the object: names in lower case, values in printable ASCII
 * @param findings what the check measured, as JSON
 */
public record SecuredOutput(
        Path file,
        long bytes,
        String sha256,
        String contentType,
        Destination destination,
        String key,
        Map<String, String> metadata,
        String findings) {

    /** The bucket to store it in; empty for a folder. */
    public Optional<String> bucket() {
        return destination instanceof Destination.Bucket bucket ? Optional.of(bucket.name()) : Optional.empty();
    }

    /** The full key in the bucket, its prefix included; the key itself in a folder. */
    public String objectKey() {
        return destination instanceof Destination.Bucket bucket ? bucket.prefix() + key : key;
    }

    /** The same output under another key. */
    SecuredOutput under(String otherKey) {
        return new SecuredOutput(file, bytes, sha256, contentType, destination, otherKey, metadata, findings);
    }

    /** Where it will be, as shown to people. */
    public String location() {
        return destination.locate(key);
    }
}
