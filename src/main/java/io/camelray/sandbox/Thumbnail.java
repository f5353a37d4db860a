package io.camelray.sandbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A small JPEG in the clip's ratio and tint. */
final class Thumbnail {

    private static final int LONG_SIDE = 160;

    private Thumbnail() {}

    static byte[] jpeg(ClipShape shape, int tint) {
        int longer = Math.max(shape.width(), shape.height());
        int width = Math.max(1, shape.width() * LONG_SIDE / longer);
        int height = Math.max(1, shape.height() * LONG_SIDE / longer);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        Arrays.fill(row, ClipPainter.background(tint).getRGB());
        for (int y = 0; y < height; y++) {
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
