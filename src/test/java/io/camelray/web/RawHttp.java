package io.camelray.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says to a server exactly what a test wants it to hear, however wrong. */
public final class RawHttp {

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param head status line and headers
     */
    public record Answer(int status, String head, String body) {}

    /**
     * Sends a request and reads until the server closes.
     *
     * @param headers each line with its end; a {@code Host} too, where there is to be one
     */
    public static Answer send(int port, String method, String path, String headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\nContent-Length: "
                + content.length + "\r\n\r\n";
        return send(port, head, content);
    }

    /** Sends these bytes, some of which the server may not want to hear any more. */
    public static Answer send(int port, String head, byte[] content) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            try {
                socket.getOutputStream().write(content);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // It has answered and closed already.
            }
            return answer(socket.getInputStream());
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.split(" ")[1]), text.substring(0, end), text.substring(end + 4));
    }
}
