package io.camelray.assets;

import java.io.EOFException;
import java.io.IOException;

/** WebP: lossy, lossless, or extended, where only the extended one may be animated. */
final class WebpChunks {

    private static final int ANIMATED = 0x02;

    private WebpChunks() {}

    static ImageShape read(ImageBytes in) throws IOException, BrokenImageException {
        in.skip(4);
        long end = in.u32Little() - 4;
        in.skip(4);
        String type = in.fourcc();
        long size = in.u32Little();
        return switch (type) {
            case "VP8 " -> lossy(in);
            case "VP8L" -> lossless(in);
            case "VP8X" -> extended(in, size, end - 8);
            default -> throw new BrokenImageException("a WebP that begins with an unknown chunk");
        };
    }

    private static ImageShape lossy(ImageBytes in) throws IOException, BrokenImageException {
        boolean keyFrame = (in.u24Little() & 1) == 0;
        if (!keyFrame || in.u24Little() != 0x2A019D) {
            throw new BrokenImageException("a WebP whose picture does not begin as one");
        }
        int width = in.u16Little() & 0x3FFF;
        int height = in.u16Little() & 0x3FFF;
        return new ImageShape(width, height, 1);
    }

    private static ImageShape lossless(ImageBytes in) throws IOException, BrokenImageException {
        if (in.u8() != 0x2F) {
            throw new BrokenImageException("a WebP whose picture does not begin as one");
        }
        long bits = in.u32Little();
        return new ImageShape((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1, 1);
    }

    private static ImageShape extended(ImageBytes in, long size, long left) throws IOException, BrokenImageException {
        if (size < 10) {
            throw new BrokenImageException("a WebP whose header is too short");
        }
        int flags = in.u8();
        in.skip(3);
        int width = in.u24Little() + 1;
        int height = in.u24Little() + 1;
        if ((flags & ANIMATED) == 0) {
            return new ImageShape(width, height, 1);
        }
        in.skip(padded(size) - 10);
        return new ImageShape(width, height, pictures(in, left - padded(size)));
    }

    private static int pictures(ImageBytes in, long left) throws IOException, BrokenImageException {
        int frames = 0;
        while (left >= 8) {
            String type = in.fourcc();
            long size = padded(in.u32Little());
            if (size > left - 8) {
                throw new EOFException();
            }
            if (type.equals("ANMF")) {
                frames++;
            }
            in.skip(size);
            left -= 8 + size;
        }
        if (frames == 0) {
            throw new BrokenImageException("an animated WebP without a picture");
        }
        return frames;
    }

    private static long padded(long size) {
        return size + (size & 1);
    }
}
