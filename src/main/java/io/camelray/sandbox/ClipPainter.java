package io.camelray.sandbox;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paints a clip's first picture: a tinted background, the caption, the wrapped prompt, and the progress bar. */
final class ClipPainter {

    private static final Logger LOG = LoggerFactory.getLogger(ClipPainter.class);
    private static final String HEADLESS = "java.awt.headless";
    private static final int MAX_LINES = 7;
    private static final int BAR = 0xFFC83C;
    private static final int TRACK = 0x202028;
    // The image's greys are the picture's brightness, so this is white in limited range.
    private static final int WHITE = 235;

    ClipPainter() {
        if (System.getProperty(HEADLESS) == null) {
            // Else a desktop shows this program among its windows. It is read once, at the first use of graphics.
            System.setProperty(HEADLESS, "true");
        }
    }

    /** The picture, its sides rounded up to whole macroblocks. */
    PaintedPicture paint(ClipShape shape, ClipCard card) {
        int columns = shape.macroblocksAcross();
        int rows = shape.macroblocksDown();
        int background = background(card.tint()).getRGB();
        BufferedImage image = new BufferedImage(columns * 16, rows * 16, BufferedImage.TYPE_BYTE_GRAY);
        byte[] luma = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Arrays.fill(luma, Yuv.luma(background));
        Graphics2D graphics = image.createGraphics();
        try {
            write(graphics, shape, card);
        } finally {
            graphics.dispose();
        }
        PaintedPicture picture = PaintedPicture.of(columns, rows, luma, background);
        ProgressBar bar = ProgressBar.of(shape);
        picture.fill(bar.left(), bar.top(), bar.width(), ProgressBar.HEIGHT, TRACK);
        picture.fill(bar.left(), bar.top(), bar.filled(0), ProgressBar.HEIGHT, BAR);
        return picture;
    }

    static Color background(int tint) {
        return Color.getHSBColor(Math.floorMod(tint, 360) / 360f, 0.6f, 0.3f);
    }

    private void write(Graphics2D graphics, ClipShape shape, ClipCard card) {
        int margin = shape.width() / 16;
        int size = Math.max(12, Math.min(shape.width() / 20, shape.height() / 12));
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(new Color(WHITE, WHITE, WHITE, 190));
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size * 2 / 3));
            graphics.drawString(card.caption(), margin, margin + size);
            graphics.setColor(new Color(WHITE, WHITE, WHITE));
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
            FontMetrics metrics = graphics.getFontMetrics();
            int y = margin + size * 3;
            for (String line : wrap(card.prompt(), metrics, shape.width() - 2 * margin)) {
                graphics.drawString(line, margin, y);
                y += metrics.getHeight();
            }
        } catch (RuntimeException | Error e) {
            // A slim image of the JRE has no fonts; the clip is then a plain picture with its progress bar.
            LOG.warn("No text in the sandbox's clips: this machine has no usable font ({})", e.toString());
        }
    }

    private static List<String> wrap(String text, FontMetrics metrics, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && metrics.stringWidth(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        if (lines.size() > MAX_LINES) {
            return lines.subList(0, MAX_LINES - 1).stream().toList();
        }
        return lines;
    }
}
