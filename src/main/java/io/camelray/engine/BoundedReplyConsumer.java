package io.camelray.engine;

import io.camelray.provider.WireReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Reads a reply of at most 8 MiB: GMI repeats what was sent along. A longer one is broken off, and so is a long one
 * while too many others are being read, for together they must fit into the heap.
 */
final class BoundedReplyConsumer extends AbstractBinResponseConsumer<WireReply> {

    private static final int LONGEST = 8 << 20;
    /** What an honest reply hardly ever exceeds. */
    private static final int LONG = 128 << 10;
    /** What reading and parsing a reply of the greatest length may take. */
    private static final long HEAP_FOR_ONE = 64L << 20;

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Semaphore longReplies;
    private int status;
    private boolean isLong;

    /** @param longReplies a permit for each long reply that may be read at the same time */
    BoundedReplyConsumer(Semaphore longReplies) {
        this.longReplies = longReplies;
    }

    /** As many permits as this heap can bear. */
    static Semaphore longRepliesAtOnce() {
        long fit = Runtime.getRuntime().maxMemory() / HEAP_FOR_ONE;
        return new Semaphore((int) Math.max(1, Math.min(fit, 8)));
    }

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        status = response.getCode();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
    }

    @Override
    protected int capacityIncrement() {
        return LONGEST;
    }

    @Override
    protected void data(ByteBuffer data, boolean endOfStream) throws IOException {
        int length = body.size() + data.remaining();
        if (length > LONGEST) {
            throw new ContentTooLongException("the answer (HTTP " + status + ") is longer than " + LONGEST + " bytes");
        }
        if (length > LONG && !isLong) {
            if (!longReplies.tryAcquire()) {
                throw new ContentTooLongException("too many long answers at once");
            }
            isLong = true;
        }
        byte[] chunk = new byte[data.remaining()];
        data.get(chunk);
        body.writeBytes(chunk);
    }

    @Override
    protected WireReply buildResult() {
        return new WireReply(status, headers, body.toByteArray(), false);
    }

    @Override
    public void releaseResources() {
        body.reset();
        if (isLong) {
            isLong = false;
            longReplies.release();
        }
    }
}
