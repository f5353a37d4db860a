package io.camelray.engine;

import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;

/** How much head an answer may have. The client itself sets no bound, and keeps all of it in memory. */
final class HeaderLimits {

    private static final int LINES = 200;
    /** Longer than any presigned address. */
    private static final int LONGEST_LINE = 16 * 1024;

    static final Http1Config HTTP_1 = Http1Config.custom()
            .setMaxHeaderCount(LINES)
            .setMaxLineLength(LONGEST_LINE)
            .setMaxEmptyLineCount(10)
            .build();

    static final H2Config HTTP_2 = H2Config.custom()
            .setMaxHeaderListSize(256 * 1024)
            .setPushEnabled(false)
            .build();

    private HeaderLimits() {}
}
