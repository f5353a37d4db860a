package io.camelray.component;

import io.camelray.assets.DropPrefix;
import io.camelray.assets.DropPrefix.Dropped;
import io.camelray.component.DropStaging.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files what was dropped into a bucket, below the same prefix and in the home: first what was read, its data files and
 * its errors are written, then the object is removed, if it is still that one.
 */
final class DropFiling {

    private static final Logger LOG = LoggerFactory.getLogger(DropFiling.class);

    private final DropPrefix bucket;
    private final Path home;
    private final String base;

    /** @param base the prefix below which are accepted/ and rejected/; empty, or ends with a slash */
    DropFiling(DropPrefix bucket, Path home, String base) {
        this.bucket = bucket;
        this.home = home;
        this.base = base;
    }

    /**
     * Safe to be done again: what is written twice gets a name of its own.
     *
     * @param filedAs below the home, and below the prefix
     * @param errors the document of what is wrong with it
     * @throws IOException if not all of it could be done
     */
    void file(Staged staged, Path filedAs, Optional<byte[]> errors) throws IOException {
        Dropped object = staged.object();
        String key = free(base + filedAs.toString().replace('\\', '/'));
        if (staged.whole()) {
            Filing.keep(home, filedAs, Files.readAllBytes(staged.file()));
            bucket.put(key, staged.file());
        } else if (!bucket.copy(object, key)) {
            LOG.warn("{} was replaced while it was refused for its size, and is not kept", object.key());
        }
        for (Path data : staged.data()) {
            Path below = staged.file().getParent().relativize(data);
            bucket.put(
                    key.substring(0, key.lastIndexOf('/') + 1)
                            + below.toString().replace('\\', '/'),
                    data);
        }
        if (errors.isPresent()) {
            bucket.put(key + ".errors.json", errors.get());
        }
        if (!bucket.remove(object)) {
            LOG.info("{} was replaced while it was planned: what is there now is planned next", object.key());
        }
    }

    private String free(String key) throws IOException {
        int dot = key.lastIndexOf('.');
        String free = key;
        for (int copy = 2; bucket.exists(free); copy++) {
            free = key.substring(0, dot) + "-" + copy + key.substring(dot);
        }
        return free;
    }
}
