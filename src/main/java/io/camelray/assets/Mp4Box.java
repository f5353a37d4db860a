package io.camelray.assets;

/**
 * One box: its four-character type, where its content starts, and where the box ends.
 *
 * @param start of the header
 */
record Mp4Box(String type, long start, long content, long end) {

    long size() {
        return end - content;
    }

    @Override
    public String toString() {
        return "box '" + type + "' at byte " + start;
    }
}
