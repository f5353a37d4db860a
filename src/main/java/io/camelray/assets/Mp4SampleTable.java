package io.camelray.assets;

import java.io.IOException;
import java.util.Optional;

/** Checks that all samples of a track lie inside the file, reading its three tables side by side. */
final class Mp4SampleTable {

    private final Mp4Window window;
    private final Mp4Boxes boxes;

    Mp4SampleTable(Mp4Window window, Mp4Boxes boxes) {
        this.window = window;
        this.boxes = boxes;
    }

    /** Fixed-size entries in a box. */
    private record Table(Mp4Window window, long first, int entrySize, long count) {

        long at(long index) {
            return first + index * entrySize;
        }
    }

    /** @return the number of samples */
    long check(Mp4Box stbl) throws IOException, BrokenMp4Exception {
        Optional<Mp4Box> compact = boxes.child(stbl, "stz2");
        if (compact.isPresent()) {
            return compactCount(compact.get());
        }
        Mp4Box sizesBox = boxes.required(stbl, "stsz");
        if (sizesBox.size() < 12) {
            throw new BrokenMp4Exception("the " + sizesBox + " is too small");
        }
        long fixedSize = window.u32(sizesBox.content() + 4);
        long samples = window.u32(sizesBox.content() + 8);
        Optional<Mp4Box> wide = boxes.child(stbl, "co64");
        Mp4Box offsetsBox = wide.isPresent() ? wide.get() : boxes.required(stbl, "stco");
        Table offsets = table(offsetsBox, 4, wide.isPresent() ? 8 : 4);
        Table runs = table(boxes.required(stbl, "stsc"), 4, 12);
        Table sizes = fixedSize > 0 ? new Table(window, 0, 0, samples) : table(sizesBox, 8, 4);
        long placed = place(offsets, runs, sizes, fixedSize, samples);
        if (placed != samples) {
            throw new BrokenMp4Exception("a track has " + samples + " samples, but its chunks hold " + placed);
        }
        return samples;
    }

    /** Compact sizes are rare (none of our providers writes them) and their places are not followed. */
    private long compactCount(Mp4Box stz2) throws IOException, BrokenMp4Exception {
        if (stz2.size() < 12) {
            throw new BrokenMp4Exception("the " + stz2 + " is too small");
        }
        return window.u32(stz2.content() + 8);
    }

    private Table table(Mp4Box box, int countAt, int entrySize) throws IOException, BrokenMp4Exception {
        long first = box.content() + countAt + 4;
        if (box.end() < first) {
            throw new BrokenMp4Exception("the " + box + " is too small");
        }
        long count = window.u32(first - 4);
        if (count > (box.end() - first) / entrySize) {
            throw new BrokenMp4Exception("the " + box + " claims " + count + " entries, which do not fit into it");
        }
        return new Table(window.another(), first, entrySize, count);
    }

    /** Goes through the chunks: where each starts, how many samples it holds, how long they are together. */
    private long place(Table offsets, Table runs, Table sizes, long fixedSize, long samples)
            throws IOException, BrokenMp4Exception {
        long placed = 0;
        long run = -1;
        long perChunk = 0;
        long nextRunAt = 1;
        for (long chunk = 1; chunk <= offsets.count() && placed < samples; chunk++) {
            while (run + 1 < runs.count() && nextRunAt <= chunk) {
                run++;
                perChunk = runs.window().u32(runs.at(run) + 4);
                nextRunAt = nextRun(runs, run);
            }
            if (run < 0) {
                throw new BrokenMp4Exception("a track does not say how many samples its chunks hold");
            }
            long here = Math.min(perChunk, samples - placed);
            if (fixedSize > 0 && here > window.length() / fixedSize) {
                throw new BrokenMp4Exception("chunk " + chunk + " of a track is larger than the file");
            }
            long length = fixedSize > 0 ? here * fixedSize : sum(sizes, placed, here);
            long offset = offsets.entrySize() == 8
                    ? offsets.window().u64(offsets.at(chunk - 1))
                    : offsets.window().u32(offsets.at(chunk - 1));
            if (offset < 0 || offset > window.length() || length > window.length() - offset) {
                throw new BrokenMp4Exception("chunk " + chunk + " of a track lies at bytes " + offset + " to "
                        + (offset + length) + ", but the file has " + window.length());
            }
            placed += here;
        }
        return placed;
    }

    /** The chunk at which the run after this one begins; runs that do not move on are refused. */
    private static long nextRun(Table runs, long run) throws IOException, BrokenMp4Exception {
        long first = runs.window().u32(runs.at(run));
        if (run == 0 && first != 1) {
            throw new BrokenMp4Exception("the chunks of a track are not counted from the first");
        }
        if (run + 1 >= runs.count()) {
            return Long.MAX_VALUE;
        }
        long next = runs.window().u32(runs.at(run + 1));
        if (next <= first) {
            throw new BrokenMp4Exception("the chunk runs of a track are out of order");
        }
        return next;
    }

    private static long sum(Table sizes, long from, long count) throws IOException, BrokenMp4Exception {
        if (from + count > sizes.count()) {
            throw new BrokenMp4Exception("a track's table of sample sizes is too short");
        }
        long sum = 0;
        for (long i = from; i < from + count; i++) {
            sum += sizes.window().u32(sizes.at(i));
        }
        return sum;
    }
}
