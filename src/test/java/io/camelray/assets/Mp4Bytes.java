package io.camelray.assets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Builds small MP4 files by hand, box by box: two chunks of video samples. */
public final class Mp4Bytes {

    private static final int SAMPLE = 10;

    private int width = 1280;
    private int height = 720;
    private int frames = 121;
    private int rate = 24;
    private String codec = "avc1";
    private int transfer;
    private boolean largeMdat;
    private boolean openMdat;
    private boolean wideOffsets;
    private int offsetError;

    public static Mp4Bytes video() {
        return new Mp4Bytes();
    }

    public Mp4Bytes size(int width, int height) {
        this.width = width;
        this.height = height;
        return this;
    }

    public Mp4Bytes frames(int value) {
        frames = value;
        return this;
    }

    /** Frames a second. */
    public Mp4Bytes rate(int value) {
        rate = value;
        return this;
    }

    public Mp4Bytes codec(String value) {
        codec = value;
        return this;
    }

    public Mp4Bytes transfer(int value) {
        transfer = value;
        return this;
    }

    /** The media data under a 64-bit size, and 64-bit chunk offsets. */
    public Mp4Bytes large() {
        largeMdat = true;
        wideOffsets = true;
        return this;
    }

    /** The media data without a size, up to the end of the file. */
    public Mp4Bytes open() {
        openMdat = true;
        return this;
    }

    /** Chunk offsets that are wrong by this much. */
    public Mp4Bytes offsetError(int value) {
        offsetError = value;
        return this;
    }

    public byte[] build() {
        byte[] ftyp = box("ftyp", ascii("isom"), u32(512), ascii("isommp42"));
        int header = largeMdat ? 16 : 8;
        int moovSize = moov(0).length;
        int firstSample = ftyp.length + moovSize + header + offsetError;
        byte[] samples = new byte[frames * SAMPLE];
        new Random(frames).nextBytes(samples);
        byte[] mdatHeader = openMdat
                ? join(u32(0), ascii("mdat"))
                : largeMdat
                        ? join(u32(1), ascii("mdat"), u64(16 + samples.length))
                        : join(u32(8 + samples.length), ascii("mdat"));
        return join(ftyp, moov(firstSample), mdatHeader, samples);
    }

    private byte[] moov(int firstSample) {
        byte[] mvhd = box("mvhd", u32(0), u32(0), u32(0), u32(rate), u32(frames), new byte[80]);
        byte[] tkhd = box("tkhd", u32(7), new byte[72], u32(width << 16), u32(height << 16));
        byte[] mdhd = box("mdhd", u32(0), u32(0), u32(0), u32(rate), u32(frames), u32(0));
        byte[] hdlr = box("hdlr", u32(0), u32(0), ascii("vide"), new byte[13]);
        byte[] colr =
                transfer == 0 ? new byte[0] : box("colr", ascii("nclx"), u16(9), u16(transfer), u16(9), new byte[1]);
        byte[] entry = box(codec, new byte[24], u16(width), u16(height), new byte[50], colr);
        int half = frames / 2;
        int second = firstSample + half * SAMPLE;
        byte[] stsc = frames == half * 2
                ? box("stsc", u32(0), u32(1), u32(1), u32(half), u32(1))
                : box("stsc", u32(0), u32(2), u32(1), u32(half), u32(1), u32(2), u32(frames - half), u32(1));
        byte[] sizes = new byte[0];
        for (int i = 0; i < frames; i++) {
            sizes = join(sizes, u32(SAMPLE));
        }
        byte[] offsets = wideOffsets
                ? box("co64", u32(0), u32(2), u64(firstSample), u64(second))
                : box("stco", u32(0), u32(2), u32(firstSample), u32(second));
        byte[] stbl = box(
                "stbl",
                box("stsd", u32(0), u32(1), entry),
                box("stts", u32(0), u32(1), u32(frames), u32(1)),
                stsc,
                box("stsz", u32(0), u32(0), u32(frames), sizes),
                offsets);
        return box("moov", mvhd, box("trak", tkhd, box("mdia", mdhd, hdlr, box("minf", stbl))));
    }

    public static byte[] box(String type, byte[]... content) {
        byte[] body = join(content);
        return join(u32(8 + body.length), ascii(type), body);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    public static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    public static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
