package io.camelray.assets;

import java.io.IOException;

/** Reads what the {@code moov} box says about the movie and its picture. */
final class Mp4Movie {

    private static final long UNKNOWN_32 = 0xFFFFFFFFL;
    private static final int VISUAL_ENTRY_HEADER = 78;

    private final Mp4Window window;
    private final Mp4Boxes boxes;

    Mp4Movie(Mp4Window window, Mp4Boxes boxes) {
        this.window = window;
        this.boxes = boxes;
    }

    /** What {@code mvhd} and {@code mdhd} share. */
    private record Span(long timescale, long duration) {

        long millis() {
            return timescale == 0 ? 0 : Math.round(duration * 1000.0 / timescale);
        }
    }

    /** What the first sample entry of a video track says. */
    private record Entry(String codec, int width, int height, int transfer) {}

    Mp4Findings read(Mp4Box moov, boolean hasFragments) throws IOException, BrokenMp4Exception {
        Span movie = span(boxes.required(moov, "mvhd"));
        boolean fragmented = hasFragments && boxes.child(moov, "mvex").isPresent();
        Mp4Findings video = null;
        for (Mp4Box trak : boxes.children(moov, "trak")) {
            Mp4Box mdia = boxes.required(trak, "mdia");
            Mp4Box minf = boxes.required(mdia, "minf");
            Mp4Box stbl = boxes.required(minf, "stbl");
            long frames = new Mp4SampleTable(window, boxes).check(stbl);
            if (video == null && handler(mdia).equals("vide")) {
                video = video(trak, mdia, stbl, movie, frames, fragmented);
            }
        }
        if (video == null) {
            throw new BrokenMp4Exception("there is no video track");
        }
        return video;
    }

    private Mp4Findings video(Mp4Box trak, Mp4Box mdia, Mp4Box stbl, Span movie, long frames, boolean fragmented)
            throws IOException, BrokenMp4Exception {
        if (frames == 0 && !fragmented) {
            throw new BrokenMp4Exception("the video track has no frames");
        }
        Span media = span(boxes.required(mdia, "mdhd"));
        Entry entry = entry(boxes.required(stbl, "stsd"));
        Mp4Box tkhd = boxes.required(trak, "tkhd");
        require(tkhd, version(tkhd) == 1 ? 96 : 84);
        int shownWidth = (int) (window.u32(tkhd.end() - 8) >>> 16);
        int shownHeight = (int) (window.u32(tkhd.end() - 4) >>> 16);
        int width = shownWidth > 0 ? shownWidth : entry.width();
        int height = shownHeight > 0 ? shownHeight : entry.height();
        if (width == 0 || height == 0) {
            throw new BrokenMp4Exception("the video track has no picture size");
        }
        long millis = movie.millis() > 0 ? movie.millis() : media.millis();
        double seconds = media.millis() / 1000.0;
        double rate = seconds > 0 ? Math.round(frames / seconds * 1000) / 1000.0 : 0;
        return new Mp4Findings(millis, width, height, entry.codec(), frames, rate, entry.transfer(), fragmented);
    }

    private Span span(Mp4Box header) throws IOException, BrokenMp4Exception {
        long at = header.content();
        require(header, version(header) == 1 ? 32 : 20);
        if (version(header) == 1) {
            long duration = window.u64(at + 24);
            return new Span(window.u32(at + 20), Math.max(duration, 0));
        }
        long duration = window.u32(at + 16);
        return new Span(window.u32(at + 12), duration == UNKNOWN_32 ? 0 : duration);
    }

    private String handler(Mp4Box mdia) throws IOException, BrokenMp4Exception {
        Mp4Box hdlr = boxes.required(mdia, "hdlr");
        require(hdlr, 12);
        return window.fourcc(hdlr.content() + 8);
    }

    private Entry entry(Mp4Box stsd) throws IOException, BrokenMp4Exception {
        require(stsd, 8);
        Mp4Box[] first = new Mp4Box[1];
        boxes.walk(stsd.content() + 8, stsd.end(), false, box -> {
            if (first[0] == null) {
                first[0] = box;
            }
        });
        if (first[0] == null) {
            throw new BrokenMp4Exception("the video track names no codec");
        }
        Mp4Box entry = first[0];
        require(entry, VISUAL_ENTRY_HEADER);
        int width = window.u16(entry.content() + 24);
        int height = window.u16(entry.content() + 26);
        return new Entry(entry.type(), width, height, transfer(entry));
    }

    private int transfer(Mp4Box entry) throws IOException, BrokenMp4Exception {
        Mp4Box extensions = new Mp4Box(entry.type(), entry.start(), entry.content() + VISUAL_ENTRY_HEADER, entry.end());
        for (Mp4Box colr : boxes.children(extensions, "colr")) {
            if (colr.size() >= 10 && window.fourcc(colr.content()).startsWith("ncl")) {
                return window.u16(colr.content() + 6);
            }
        }
        return 0;
    }

    private int version(Mp4Box box) throws IOException, BrokenMp4Exception {
        require(box, 4);
        return window.u8(box.content());
    }

    private static void require(Mp4Box box, long bytes) throws BrokenMp4Exception {
        if (box.size() < bytes) {
            throw new BrokenMp4Exception("the " + box + " is too small");
        }
    }
}
