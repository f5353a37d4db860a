package io.camelray.ledger;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Breaks once, when the server has been asked to commit a certain statement and is not done with that yet. */
public final class HastyLine extends BreakableLine {

    private static final byte PARSE = 'P';
    private static final byte SYNC = 'S';

    private final String statement;
    private final AtomicBoolean broken = new AtomicBoolean();

    /** @param url of the server itself @param statement how it begins */
    public HastyLine(String url, String statement) {
        super(url);
        this.statement = statement;
    }

    public boolean isBroken() {
        return broken.get();
    }

    /** A question is a type of one byte, a length that counts itself, and a body; the very first has no type. */
    @Override
    void ask(InputStream program, OutputStream database) throws IOException {
        DataInputStream questions = new DataInputStream(program);
        DataOutputStream passedOn = new DataOutputStream(database);
        passBody(questions, passedOn);
        boolean seen = false;
        boolean breaks = false;
        while (true) {
            byte type = questions.readByte();
            passedOn.writeByte(type);
            String body = passBody(questions, passedOn);
            seen |= type == PARSE && body.contains(statement);
            breaks |= type == PARSE && body.contains("COMMIT") && seen && broken.compareAndSet(false, true);
            if (breaks && type == SYNC) {
                return;
            }
        }
    }

    private static String passBody(DataInputStream from, DataOutputStream to) throws IOException {
        int length = from.readInt();
        byte[] body = from.readNBytes(length - Integer.BYTES);
        to.writeInt(length);
        to.write(body);
        return new String(body, StandardCharsets.UTF_8);
    }
}
