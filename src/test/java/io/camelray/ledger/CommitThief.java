package io.camelray.ledger;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Now and then takes away the reply to a commit of something written, and the connection with it: it is committed, and the
 * program does not know.
 */
public final class CommitThief extends BreakableLine {

    private static final byte COMMAND_COMPLETE = 'C';

    private final BooleanSupplier takes;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param url of the server itself @param takes asked at each commit of something written, by any thread */
    public CommitThief(String url, BooleanSupplier takes) {
        super(url);
        this.takes = takes;
    }

    /** How many replies were taken away. */
    public int taken() {
        return taken.get();
    }

    /** A reply is a type of one byte, a length that counts itself, and a body. */
    @Override
    void answer(InputStream database, OutputStream program) throws IOException {
        DataInputStream replies = new DataInputStream(database);
        DataOutputStream passedOn = new DataOutputStream(program);
        boolean written = false;
        while (true) {
            byte type = replies.readByte();
            int length = replies.readInt();
            byte[] body = replies.readNBytes(length - Integer.BYTES);
            if (type == COMMAND_COMPLETE) {
                String tag = new String(body, 0, body.length - 1, StandardCharsets.US_ASCII);
                if (tag.equals("COMMIT") && written && takes.getAsBoolean()) {
                    taken.incrementAndGet();
                    return;
                }
                written = !tag.equals("COMMIT") && !tag.equals("ROLLBACK") && (written || isOfWriting(tag));
            }
            passedOn.writeByte(type);
            passedOn.writeInt(length);
            passedOn.write(body);
        }
    }

    private static boolean isOfWriting(String tag) {
        return tag.matches("(UPDATE|DELETE|INSERT 0|COPY) [1-9][0-9]*");
    }
}
