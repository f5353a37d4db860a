package io.camelray.assets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes from box to box; every box lies wholly inside the one around it, and their number is bounded. */
final class Mp4Boxes {

    private static final int MOST_BOXES = 100_000;
    private static final int MOST_OF_A_TYPE = 64;

    private final Mp4Window window;
    private int seen;

    Mp4Boxes(Mp4Window window) {
        this.window = window;
    }

    /** Sees boxes that follow each other. */
    @FunctionalInterface
    interface Visitor {
        void visit(Mp4Box box) throws IOException, BrokenMp4Exception;
    }

    /** Visits the boxes that fill a range exactly. */
    void walk(long from, long to, boolean topLevel, Visitor visitor) throws IOException, BrokenMp4Exception {
        long at = from;
        while (at < to) {
            if (to - at < 8) {
                if (!topLevel && to - at == 4 && window.u32(at) == 0) {
                    return; // QuickTime ends some containers with a zero word
                }
                throw new BrokenMp4Exception((to - at) + " stray bytes follow the last box at byte " + at);
            }
            Mp4Box box = read(at, to, topLevel);
            visitor.visit(box);
            at = box.end();
        }
    }

    private Mp4Box read(long at, long to, boolean topLevel) throws IOException, BrokenMp4Exception {
        if (++seen > MOST_BOXES) {
            throw new BrokenMp4Exception("the file has more than " + MOST_BOXES + " boxes");
        }
        long size = window.u32(at);
        String type = window.fourcc(at + 4);
        long content = at + 8;
        if (topLevel && type.equals("????")) {
            throw new BrokenMp4Exception("there is no box at byte " + at + ", but something else");
        }
        if (size == 1) {
            size = window.u64(content);
            content += 8;
        } else if (size == 0) {
            if (!topLevel) {
                throw new BrokenMp4Exception("the box '" + type + "' at byte " + at + " has no size");
            }
            size = to - at; // to the end of the file
        }
        if (size < content - at) {
            throw new BrokenMp4Exception("the box '" + type + "' at byte " + at + " is smaller than its own header");
        }
        if (size > to - at) {
            throw new BrokenMp4Exception("the box '" + type + "' at byte " + at + " claims " + size
                    + " bytes, but only " + (to - at) + " are there");
        }
        return new Mp4Box(type, at, content, at + size);
    }

    /** The children of this type, a bounded number of them. */
    List<Mp4Box> children(Mp4Box parent, String type) throws IOException, BrokenMp4Exception {
        List<Mp4Box> found = new ArrayList<>();
        walk(parent.content(), parent.end(), false, box -> {
            if (box.type().equals(type)) {
                if (found.size() == MOST_OF_A_TYPE) {
                    throw new BrokenMp4Exception(
                            "the " + parent + " holds more than " + MOST_OF_A_TYPE + " '" + type + "'");
                }
                found.add(box);
            }
        });
        return found;
    }

    Optional<Mp4Box> child(Mp4Box parent, String type) throws IOException, BrokenMp4Exception {
        return children(parent, type).stream().findFirst();
    }

    Mp4Box required(Mp4Box parent, String type) throws IOException, BrokenMp4Exception {
        return child(parent, type)
                .orElseThrow(() -> new BrokenMp4Exception("the " + parent + " lacks the box '" + type + "'"));
    }
}
