package io.camelray.assets;

import java.io.IOException;

/** GIF: nothing says how many pictures there are, so they are counted, block by block. */
final class GifBlocks {

    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int END = 0x3B;

    private GifBlocks() {}

    static ImageShape read(ImageBytes in) throws IOException, BrokenImageException {
        in.skip(6);
        int width = in.u16Little();
        int height = in.u16Little();
        int flags = in.u8();
        in.skip(2 + colours(flags));
        for (int frames = 0; ; ) {
            int block = in.u8();
            switch (block) {
                case IMAGE -> {
                    in.skip(8);
                    in.skip(colours(in.u8()) + 1);
                    skipData(in);
                    frames++;
                }
                case EXTENSION -> {
                    in.skip(1);
                    skipData(in);
                }
                case END -> {
                    if (frames == 0) {
                        throw new BrokenImageException("a GIF without a picture");
                    }
                    return new ImageShape(width, height, frames);
                }
                default -> throw new BrokenImageException("a GIF with an unknown block");
            }
        }
    }

    /** Bytes of the colour table that these flags announce. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static void skipData(ImageBytes in) throws IOException {
        for (int size = in.u8(); size > 0; size = in.u8()) {
            in.skip(size);
        }
    }
}
