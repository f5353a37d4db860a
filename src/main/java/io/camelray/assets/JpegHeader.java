package io.camelray.assets;

import java.io.IOException;

/** JPEG: the size stands in the frame header, behind any number of segments. */
final class JpegHeader {

    private JpegHeader() {}

    static ImageShape read(ImageBytes in) throws IOException, BrokenImageException {
        in.skip(2);
        while (true) {
            if (in.u8() != 0xFF) {
                throw new BrokenImageException("a JPEG with something else than a segment in its header");
            }
            int marker = in.u8();
            while (marker == 0xFF) {
                marker = in.u8();
            }
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD8) {
                continue; // without content
            }
            if (marker == 0xD9 || marker == 0xDA) {
                throw new BrokenImageException("a JPEG whose picture begins before its size is said");
            }
            int length = in.u16();
            if (length < 2) {
                throw new BrokenImageException("a JPEG with a segment shorter than its own length");
            }
            if (isFrame(marker)) {
                in.skip(1); // bits per sample
                int height = in.u16();
                int width = in.u16();
                return new ImageShape(width, height, 1);
            }
            in.skip(length - 2);
        }
    }

    /** All of C0 to CF but the tables of Huffman and arithmetic codes and the extension. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
