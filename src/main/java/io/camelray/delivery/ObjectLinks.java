package io.camelray.delivery;

import io.camelray.model.Destination;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/** Where a page finds what was delivered. Nothing is signed: what the page's reader may not read, the page cannot show. */
public final class ObjectLinks {

    private static final String BUCKET = "s3://";

    private final BiFunction<String, String, URI> ofBucket;

    /** @param ofBucket the plain web address of a bucket's key */
    public ObjectLinks(BiFunction<String, String, URI> ofBucket) {
        this.ofBucket = ofBucket;
    }

    /** Buckets at Amazon's own addresses, in no particular region. */
    static ObjectLinks standard() {
        return new ObjectLinks((bucket, key) -> encoded("https", bucket + ".s3.amazonaws.com", "/" + key));
    }

    /**
     * The address of a delivered object, as an attribute of a page takes it.
     *
     * @param location as {@link Destination#locate} shows it
     * @param folder where the page lies; what lies in folders is addressed relative to it
     * @return empty if the location cannot be an address
     */
    Optional<String> link(String location, Path folder) {
        try {
            if (location.startsWith(BUCKET)) {
                Destination.Bucket bucket = (Destination.Bucket) Destination.parse(bucketOf(location));
                return Optional.of(ofBucket.apply(
                                bucket.name(),
                                location.substring(bucketOf(location).length() + 1))
                        .toASCIIString());
            }
            String relative = folder.relativize(Path.of(location)).toString().replace('\\', '/');
            return Optional.of(encoded(null, null, relative).toASCIIString());
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    static boolean isInBucket(String location) {
        return location.startsWith(BUCKET);
    }

    private static String bucketOf(String location) {
        int slash = location.indexOf('/', BUCKET.length());
        return slash < 0 ? location : location.substring(0, slash);
    }

    /** @throws InvalidPathException if it cannot be one */
    private static URI encoded(String scheme, String host, String path) {
        try {
            return new URI(scheme, host, path, null);
        } catch (URISyntaxException e) {
            throw new InvalidPathException(path, "not an address");
        }
    }
}
