package io.camelray.model;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where outputs are delivered to: a bucket with a prefix, or a folder. */
public sealed interface Destination {

    /** An S3 bucket; {@code prefix} is empty or ends with a slash. */
    record Bucket(String name, String prefix) implements Destination {
        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

        public Bucket {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is not the name of an S3 bucket");
            }
        }

        @Override
        public String toString() {
            return "s3://" + name + "/" + prefix;
        }
    }

    /** A folder, absolute and normalised. */
    record Folder(Path path) implements Destination {

        public Folder {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /**
     * Reads {@code s3://bucket[/prefix]} or {@code file:path}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Destination parse(String text) {
        if (text.startsWith("s3://")) {
            String rest = text.substring("s3://".length());
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            String prefix = slash < 0 ? "" : rest.substring(slash + 1);
            return new Bucket(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
        }
        if (text.startsWith("file:")) {
            return new Folder(Path.of(text.substring("file:".length()).replaceFirst("^//(?=/)", "")));
        }
        throw new IllegalArgumentException("'" + text + "' is neither s3://bucket/prefix nor file:folder");
    }

    /** Whether everything below {@code other} is also below this one. */
    default boolean contains(Destination other) {
        if (this instanceof Bucket mine && other instanceof Bucket theirs) {
            return mine.name().equals(theirs.name()) && theirs.prefix().startsWith(mine.prefix());
        }
        return this instanceof Folder mine
                && other instanceof Folder theirs
                && theirs.path().startsWith(mine.path());
    }

    /** The address of one object below this destination, as shown to people. */
    default String locate(String key) {
        if (this instanceof Bucket bucket) {
            return "s3://" + bucket.name() + "/" + bucket.prefix() + key;
        }
        return ((Folder) this).path().resolve(key).toString();
    }
}
