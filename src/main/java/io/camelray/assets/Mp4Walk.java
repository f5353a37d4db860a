package io.camelray.assets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides whether a file is a complete MP4: its boxes fill it exactly, {@code ftyp}, {@code moov} and {@code mdat} are
 * there, there is a video track, and everything that its sample tables point at lies inside the file. A body that ended
 * early without anybody noticing is found here and nowhere else. Constant memory, whatever the file claims.
 */
public final class Mp4Walk {

    private static final Set<String> FIRST = Set.of("ftyp", "styp", "free", "skip", "wide", "pdin");

    private Mp4Walk() {}

    /** @throws IOException if the file cannot be read */
    public static Mp4Result of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel);
        }
    }

    /** @throws IOException if the file cannot be read */
    public static Mp4Result of(FileChannel channel) throws IOException {
        try {
            return walk(new Mp4Window(channel));
        } catch (BrokenMp4Exception e) {
            return new Mp4Defect("Not a complete MP4: " + e.getMessage());
        }
    }

    private static Mp4Findings walk(Mp4Window window) throws IOException, BrokenMp4Exception {
        if (window.length() == 0) {
            throw new BrokenMp4Exception("the file is empty");
        }
        Mp4Boxes boxes = new Mp4Boxes(window);
        Set<String> present = new HashSet<>();
        Mp4Box[] movie = new Mp4Box[1];
        boxes.walk(0, window.length(), true, box -> {
            if (box.start() == 0 && !FIRST.contains(box.type())) {
                throw new BrokenMp4Exception("the file begins with '" + box.type() + "' instead of 'ftyp'");
            }
            switch (box.type()) {
                case "ftyp", "moof" -> present.add(box.type());
                case "mdat" -> {
                    if (box.size() > 0) {
                        present.add("mdat");
                    }
                }
                case "moov" -> {
                    if (movie[0] != null) {
                        throw new BrokenMp4Exception("there is a second box 'moov' at byte " + box.start());
                    }
                    movie[0] = box;
                }
                default -> {
                    // carried along
                }
            }
        });
        if (!present.contains("ftyp")) {
            throw new BrokenMp4Exception("the box 'ftyp' is missing");
        }
        if (movie[0] == null) {
            throw new BrokenMp4Exception("the box 'moov' is missing");
        }
        if (!present.contains("mdat")) {
            throw new BrokenMp4Exception("the box 'mdat' is missing or empty");
        }
        return new Mp4Movie(window, boxes).read(movie[0], present.contains("moof"));
    }
}
