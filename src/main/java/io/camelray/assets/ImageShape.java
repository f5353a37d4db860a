package io.camelray.assets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the header of an image says, and how many pictures are in it. Headers only are read, so that an image that would
 * unpack to gigabytes costs nothing here.
 *
 * @param frames 1 unless it is animated
 */
record ImageShape(int width, int height, int frames) {

    /**
     * @return zeros for kinds of images whose headers are not known here
     * @throws EOFException if there are not enough bytes to tell
     */
    static ImageShape read(String type, InputStream in) throws IOException, BrokenImageException {
        ImageBytes bytes = new ImageBytes(in);
        ImageShape shape =
                switch (type) {
                    case "image/png" -> PngHeader.read(bytes);
                    case "image/jpeg" -> JpegHeader.read(bytes);
                    case "image/gif" -> GifBlocks.read(bytes);
                    case "image/webp" -> WebpChunks.read(bytes);
                    default -> new ImageShape(0, 0, 0);
                };
        if (shape.frames() > 0 && (shape.width() <= 0 || shape.height() <= 0)) {
            throw new BrokenImageException("it says that it is " + shape.width() + "x" + shape.height() + " pixels");
        }
        return shape;
    }
}
