package io.camelray.sandbox;

import com.sun.net.httpserver.Headers;

/** One request to the API origin, its body read. */
record ApiRequest(String method, String path, Headers headers, byte[] body) {

    /** The first value of a header, or null. */
    String header(String name) {
        return headers.getFirst(name);
    }
}
