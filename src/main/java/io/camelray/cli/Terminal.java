package io.camelray.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What the output goes to: how wide it is and whether it may be coloured. Colours only on a terminal, and never where
 * {@code NO_COLOR} is set (no-color.org).
 */
record Terminal(boolean interactive, int width, boolean colours) {

    private static final int USUAL = 100;
    private static final int NARROWEST = 40;

    /** Not a terminal: nothing is cut off, nothing coloured. */
    static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE, false);

    /** The one that this program's output goes to. */
    static Terminal here() {
        if (!isInteractive()) {
            return NONE;
        }
        String noColour = System.getenv("NO_COLOR");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Terminal(true, Math.max(NARROWEST, columns()), !dumb && (noColour == null || noColour.isEmpty()));
    }

    /** Newer JDKs have a console even where there is no terminal, and a method that tells. */
    private static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static int columns() {
        String said = System.getenv("COLUMNS");
        if (said != null && said.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(said);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (stty.waitFor(1, TimeUnit.SECONDS) && answer.matches("[0-9]+ [1-9][0-9]{0,3}")) {
                return Integer.parseInt(answer.split(" ")[1]);
            }
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL;
    }

    /** The text in a colour, where there are colours. */
    String paint(Colour colour, String text) {
        return colours && colour != Colour.PLAIN ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    /** The few that are used. */
    enum Colour {
        PLAIN(0),
        BOLD(1),
        RED(31),
        GREEN(32),
        YELLOW(33),
        FAINT(2);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
