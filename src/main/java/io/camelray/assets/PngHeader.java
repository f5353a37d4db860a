package io.camelray.assets;

import java.io.IOException;

/** PNG: the size comes first; what says that it is animated comes before the picture. */
final class PngHeader {

    private static final int SIGNATURE = 8;
    private static final int CHECKSUM = 4;

    private PngHeader() {}

    static ImageShape read(ImageBytes in) throws IOException, BrokenImageException {
        in.skip(SIGNATURE);
        long length = in.u32();
        if (!in.fourcc().equals("IHDR") || length != 13) {
            throw new BrokenImageException("a PNG has to begin with its size");
        }
        long width = in.u32();
        long height = in.u32();
        if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw new BrokenImageException("no PNG is larger than 2147483647 pixels");
        }
        in.skip(length - 8 + CHECKSUM);
        while (true) {
            long size = in.u32();
            String type = in.fourcc();
            switch (type) {
                case "IDAT" -> {
                    return new ImageShape((int) width, (int) height, 1);
                }
                case "acTL" -> {
                    long frames = in.u32();
                    return new ImageShape((int) width, (int) height, (int) Math.max(1, Math.min(frames, 1_000_000)));
                }
                case "IEND" -> throw new BrokenImageException("a PNG without a picture");
                default -> in.skip(size + CHECKSUM);
            }
        }
    }
}
