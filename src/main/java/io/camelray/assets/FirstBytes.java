package io.camelray.assets;

import io.camelray.assets.DownloadResult.Complete;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** Takes the first bytes of a reply, and what the server says about its length. */
final class FirstBytes implements GuardedClient.Exchange {

    private static final Pattern FROM_THE_START = Pattern.compile("bytes 0-\\d{1,18}/(\\d{1,18}|\\*)");

    private final byte[] buffer;
    private int count;
    private long total = -1;
    private String tag = "";
    private boolean rangeRefused;

    FirstBytes(int atMost) {
        this.buffer = new byte[atMost];
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer, count);
    }

    /** Of the whole file; negative when nobody knows. */
    long total() {
        return total;
    }

    /** The strong entity tag, with its quotes; empty if there is none, or a weak one. */
    String tag() {
        return tag;
    }

    /** The server knows no ranges, or has no bytes. */
    boolean isRangeRefused() {
        return rangeRefused;
    }

    @Override
    public void prepare(HttpGet request) {
        count = 0;
        total = -1;
        request.setHeader("Range", "bytes=0-" + (buffer.length - 1));
    }

    @Override
    public DownloadResult take(ClassicHttpResponse response, String from, ThroughputGuard guard) throws IOException {
        if (response.getEntity() == null) {
            return new Unusable("The server answered without a body at " + from);
        }
        if (response.getCode() == 206) {
            Matcher range = FROM_THE_START.matcher(BodyReceiver.header(response, "Content-Range"));
            if (!range.matches()) {
                return new Unusable("The server sent another part than the one asked for at " + from);
            }
            total = range.group(1).equals("*") ? -1 : Long.parseLong(range.group(1));
        } else {
            total = response.getEntity().getContentLength();
        }
        String entityTag = BodyReceiver.header(response, "ETag");
        tag = entityTag.startsWith("\"") ? entityTag : "";
        InputStream in = response.getEntity().getContent();
        guard.restartWindow();
        while (count < buffer.length) {
            int read = in.read(buffer, count, buffer.length - count);
            if (read < 0) {
                if (total < 0 && response.getCode() == 200) {
                    total = count;
                }
                break;
            }
            count += read;
            guard.arrived(read);
        }
        return new Complete(new ContentDigests(total, "", "", "", ""), "", "");
    }

    @Override
    public void rangeRefused() {
        rangeRefused = true;
    }

    @Override
    public long arrived() {
        return count;
    }
}
