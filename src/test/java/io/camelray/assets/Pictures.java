package io.camelray.assets;

import static io.camelray.assets.Mp4Bytes.ascii;
import static io.camelray.assets.Mp4Bytes.join;
import static io.camelray.assets.Mp4Bytes.u16;
import static io.camelray.assets.Mp4Bytes.u32;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files of every kind, as real programs write them, and some that no program should. */
final class Pictures {

    /** Written by the makers of the format: 1x1 pixel each. */
    static final byte[] LOSSY_WEBP = decoded("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    static final byte[] LOSSLESS_WEBP = decoded("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    static final byte[] ANIMATED_WEBP =
            decoded("UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABW"
                    + "UDhMDQAAAC8AAAAQBxAREYiI/gcA");

    private Pictures() {}

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    static byte[] png(int width, int height) throws IOException {
        return written("png", width, height);
    }

    static byte[] jpeg(int width, int height) throws IOException {
        return written("jpg", width, height);
    }

    private static byte[] written(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    static byte[] gif(int width, int height, int frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames; i++) {
                BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
                writer.writeToSequence(new IIOImage(picture, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A JPEG with so many bytes of previews and profiles in front of its size. */
    static byte[] jpegBehind(int bytes, int width, int height) throws IOException {
        byte[] plain = jpeg(width, height);
        byte[] segment = join(new byte[] {(byte) 0xFF, (byte) 0xE2}, u16(0xFFFF), new byte[0xFFFD]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        while (out.size() < bytes) {
            out.write(segment);
        }
        out.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }

    /** A PNG that says that it is animated. */
    static byte[] animatedPng(int width, int height, int frames) throws IOException {
        byte[] plain = png(width, height);
        int header = 8 + 25;
        byte[] control = join(u32(8), ascii("acTL"), u32(frames), u32(0), new byte[4]);
        return join(Arrays.copyOf(plain, header), control, Arrays.copyOfRange(plain, header, plain.length));
    }

    /** The header of a PNG that would unpack to any size. */
    static byte[] pngBomb(int side) {
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        byte[] header = join(u32(13), ascii("IHDR"), u32(side), u32(side), new byte[] {8, 6, 0, 0, 0}, new byte[4]);
        return join(signature, header, u32(4), ascii("IDAT"), new byte[8]);
    }

    /** An extended WebP of this canvas with so many pictures. */
    static byte[] extendedWebp(int width, int height, int pictures) {
        byte[] canvas = little(10)
                .put((byte) (pictures > 1 ? 0x02 : 0))
                .put(new byte[3])
                .put(u24(width - 1))
                .put(u24(height - 1))
                .array();
        byte[] content = join(ascii("WEBPVP8X"), little(4).putInt(10).array(), canvas);
        for (int i = 0; i < pictures; i++) {
            content = join(content, ascii("ANMF"), little(4).putInt(17).array(), new byte[18]);
        }
        return join(ascii("RIFF"), little(4).putInt(content.length).array(), content);
    }

    private static byte[] u24(int value) {
        return Arrays.copyOf(little(4).putInt(value).array(), 3);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
