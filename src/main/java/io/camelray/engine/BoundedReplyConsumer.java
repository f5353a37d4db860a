package io.camelray.engine;

import io.camelray.provider.WireReply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** Reads a reply, and no more than 8 MiB of its body: GMI repeats what was sent along. */
final class BoundedReplyConsumer extends AbstractBinResponseConsumer<WireReply> {

    private static final int LONGEST = 8 << 20;

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean truncated;

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
    protected void data(ByteBuffer data, boolean endOfStream) {
        int room = Math.min(data.remaining(), LONGEST - body.size());
        byte[] chunk = new byte[room];
        data.get(chunk);
        body.writeBytes(chunk);
        if (data.hasRemaining()) {
            truncated = true;
            data.position(data.limit());
        }
    }

    @Override
    protected WireReply buildResult() {
        return new WireReply(status, headers, body.toByteArray(), truncated);
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
