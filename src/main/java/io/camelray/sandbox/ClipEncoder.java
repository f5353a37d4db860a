package io.camelray.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Makes a playable H.264 MP4 of a shape and a card: one whole picture, then a moving progress bar. */
final class ClipEncoder {

    private final ClipPainter painter = new ClipPainter();

    /** The file: {@code ftyp}, {@code moov}, then {@code mdat}. Equal arguments give equal bytes. */
    byte[] encode(ClipShape shape, ClipCard card, boolean hdr) {
        ParameterSets sets = ParameterSets.of(shape);
        List<byte[]> frames = new ArrayList<>(shape.frames());
        frames.add(new FirstPicture(sets, painter.paint(shape, card)).frame());
        ProgressFrames progress = new ProgressFrames(sets, shape);
        for (int number = 1; number < shape.frames(); number++) {
            frames.add(progress.frame(number));
        }
        return new Mp4File(shape, sets.sequenceUnit(), sets.pictureUnit(), hdr).write(frames);
    }
}
