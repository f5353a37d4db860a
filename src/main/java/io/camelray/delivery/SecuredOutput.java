package io.camelray.delivery;

import io.camelray.assets.ContentDigests;
import io.camelray.assets.VerifiedFile;
import io.camelray.model.Destination;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A verified output in the spool, ready to be stored.
 *
 * @param content the digests of what was verified, without the MD5
 * @param key below the destination, with the ending that fits what the file is
 * @param metadata for the object: names in lower case, values in printable ASCII
 * @param findings what the check measured, as JSON
 */
public record SecuredOutput(
        Path file,
        ContentDigests content,
        String contentType,
        Destination destination,
        String key,
        Map<String, String> metadata,
        String findings) {

    public long bytes() {
        return content.bytes();
    }

    /** Hexadecimal. */
    public String sha256() {
        return content.sha256();
    }

    VerifiedFile verified() {
        return new VerifiedFile(file, content);
    }

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
        return new SecuredOutput(file, content, contentType, destination, otherKey, metadata, findings);
    }

    /** Where it will be, as shown to people. */
    public String location() {
        return destination.locate(key);
    }
}
