package io.camelray.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the boxes of an MP4 with one H.264 track, the index before the samples, the first sample a key frame. */
final class Mp4File {

    private static final int[] UNITY_MATRIX = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
    private static final int DPI_72 = 0x480000;
    private static final int TRACK = 1;

    private final ClipShape shape;
    private final byte[] sps;
    private final byte[] pps;
    private final boolean hdr;

    /** @param hdr whether the file says that its colours are BT.2020 with PQ, else BT.709 */
    Mp4File(ClipShape shape, byte[] sps, byte[] pps, boolean hdr) {
        this.hdr = hdr;
        this.shape = shape;
        this.sps = sps;
        this.pps = pps;
    }

    /** The whole file. Each frame is one NAL unit without start code or length. */
    byte[] write(List<byte[]> frames) {
        byte[] type = box("ftyp", b -> {
            b.writeBytes("isom");
            b.writeInt(0x200);
            b.writeBytes("isomiso2avc1mp41");
        });
        // The index holds the samples' offset, and its size does not depend on that number.
        int indexLength = index(frames, 0).length;
        byte[] index = index(frames, type.length + indexLength + 8);
        byte[] samples = box("mdat", b -> {
            for (byte[] frame : frames) {
                b.writeInt(frame.length);
                b.write(frame);
            }
        });
        ByteArrayOutputStream file = new ByteArrayOutputStream(type.length + index.length + samples.length);
        file.writeBytes(type);
        file.writeBytes(index);
        file.writeBytes(samples);
        return file.toByteArray();
    }

    private byte[] index(List<byte[]> frames, int samplesOffset) {
        byte[] header = fullBox("mvhd", 0, b -> {
            times(b);
            b.writeInt(ClipShape.FRAMES_PER_SECOND);
            b.writeInt(frames.size());
            b.writeInt(0x10000);
            b.writeShort(0x100);
            b.write(new byte[10]);
            matrix(b);
            b.write(new byte[24]);
            b.writeInt(TRACK + 1);
        });
        byte[] trackHeader = fullBox("tkhd", 3, b -> {
            times(b);
            b.writeInt(TRACK);
            b.writeInt(0);
            b.writeInt(frames.size());
            b.write(new byte[16]);
            matrix(b);
            b.writeInt(shape.width() << 16);
            b.writeInt(shape.height() << 16);
        });
        byte[] media = box("mdia", b -> {
            b.write(fullBox("mdhd", 0, h -> {
                times(h);
                h.writeInt(ClipShape.FRAMES_PER_SECOND);
                h.writeInt(frames.size());
                h.writeShort(0x55c4);
                h.writeShort(0);
            }));
            b.write(fullBox("hdlr", 0, h -> {
                h.writeInt(0);
                h.writeBytes("vide");
                h.write(new byte[12]);
                h.writeBytes("video\0");
            }));
            b.write(mediaInformation(frames, samplesOffset));
        });
        return box("moov", b -> {
            b.write(header);
            b.write(box("trak", t -> {
                t.write(trackHeader);
                t.write(media);
            }));
        });
    }

    private byte[] mediaInformation(List<byte[]> frames, int samplesOffset) {
        return box("minf", b -> {
            b.write(fullBox("vmhd", 1, h -> h.write(new byte[8])));
            b.write(box(
                    "dinf",
                    d -> d.write(fullBox("dref", 0, r -> {
                        r.writeInt(1);
                        r.write(fullBox("url ", 1, u -> {}));
                    }))));
            b.write(box("stbl", s -> {
                s.write(fullBox("stsd", 0, d -> {
                    d.writeInt(1);
                    d.write(sampleEntry());
                }));
                s.write(fullBox("stts", 0, t -> ints(t, 1, frames.size(), 1)));
                s.write(fullBox("stss", 0, t -> ints(t, 1, 1)));
                s.write(fullBox("stsc", 0, t -> ints(t, 1, 1, frames.size(), 1)));
                s.write(fullBox("stsz", 0, t -> {
                    ints(t, 0, frames.size());
                    for (byte[] frame : frames) {
                        t.writeInt(frame.length + 4);
                    }
                }));
                s.write(fullBox("stco", 0, t -> ints(t, 1, samplesOffset)));
            }));
        });
    }

    private byte[] sampleEntry() {
        return box("avc1", b -> {
            b.write(new byte[6]);
            b.writeShort(1);
            b.write(new byte[16]);
            b.writeShort(shape.width());
            b.writeShort(shape.height());
            ints(b, DPI_72, DPI_72, 0);
            b.writeShort(1);
            b.write(new byte[32]);
            b.writeShort(24);
            b.writeShort(-1);
            b.write(box("avcC", c -> {
                c.writeByte(1);
                c.write(sps, 1, 3);
                c.writeByte(0xff);
                c.writeByte(0xe1);
                c.writeShort(sps.length);
                c.write(sps);
                c.writeByte(1);
                c.writeShort(pps.length);
                c.write(pps);
            }));
            b.write(box("colr", c -> {
                c.writeBytes("nclx");
                c.writeShort(hdr ? 9 : 1);
                c.writeShort(hdr ? 16 : 1);
                c.writeShort(hdr ? 9 : 1);
                c.writeByte(0);
            }));
        });
    }

    private static void times(DataOutputStream box) throws IOException {
        ints(box, 0, 0);
    }

    private static void matrix(DataOutputStream box) throws IOException {
        ints(box, UNITY_MATRIX);
    }

    private static void ints(DataOutputStream box, int... values) throws IOException {
        for (int value : values) {
            box.writeInt(value);
        }
    }

    private static byte[] fullBox(String type, int flags, Content content) {
        return box(type, b -> {
            b.writeInt(flags);
            content.writeTo(b);
        });
    }

    private static byte[] box(String type, Content content) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            content.writeTo(new DataOutputStream(body));
            ByteArrayOutputStream box = new ByteArrayOutputStream(body.size() + 8);
            DataOutputStream out = new DataOutputStream(box);
            out.writeInt(body.size() + 8);
            out.write(type.getBytes(StandardCharsets.US_ASCII));
            body.writeTo(out);
            return box.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Content {
        void writeTo(DataOutputStream box) throws IOException;
    }
}
