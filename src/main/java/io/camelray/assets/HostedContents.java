package io.camelray.assets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers which content an object turned out to have, so that a thousand renders from one object read it once. */
final class HostedContents {

    private static final int MOST = 1_000;

    private final Map<String, Content> contents = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Content> eldest) {
            return size() > MOST;
        }
    };

    /** What decides where it is hosted. */
    record Content(ContentDigests digests, String mediaType) {}

    /** @param identity changes with the bytes */
    synchronized Optional<Content> of(String identity) {
        return Optional.ofNullable(contents.get(identity));
    }

    synchronized void remember(String identity, Content content) {
        contents.put(identity, content);
    }
}
