package io.camelray.model;

/** What a render starts from: an image, a video, or an earlier generation. */
public sealed interface MediaRef {

    /** Something on the web. @param url absolute; checked by the rules (R98 to R100), never trusted before */
    record Web(String url) implements MediaRef {}

    /**
     * A file beside the manifest.
     *
     * @param path relative to the manifest's folder, slash-separated, inside it
     * @param sha256 of its bytes, hexadecimal, as they were when the manifest was planned; empty before
     */
    record LocalFile(String path, String sha256) implements MediaRef {}

    /** An object in a bucket that {@code ray.assets.allow} permits. */
    record Stored(String bucket, String key) implements MediaRef {}

    /** A generation that the same account made earlier, outside this campaign. @param id what the provider chains with */
    record Generation(String id) implements MediaRef {}

    /** The result of an earlier step of the same campaign, joined over the shared axes. */
    record Step(String id) implements MediaRef {}

    /** Whether it names a generation, so that nothing needs to be fetched or hosted. */
    default boolean isGeneration() {
        return this instanceof Generation || this instanceof Step;
    }
}
