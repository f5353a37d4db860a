package io.camelray.sandbox;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paints a clip's first picture: a tinted background, the caption, the wrapped prompt, and the progress bar. */
final class ClipPainter {

    private static final Logger LOG = LoggerFactory.getLogger(ClipPainter.class);
    private static final String HEADLESS = "java.awt.headless";
    private static final int MAX_LINES = 7;
    private static final Color BAR = new Color(0xFFC83C);
    private static final Color TRACK = new Color(0x202028);

    ClipPainter() {
        if (System.getProperty(HEADLESS) == null) {
            // Else a desktop shows this program among its windows. It is read once, at the first use of graphics.
            System.setProperty(HEADLESS, "true");
        }
    }

    /** The picture in 4:2:0 with limited range, its sides rounded up to whole macroblocks. */
    Picture paint(ClipShape shape, ClipCard card) {
        int width = shape.macroblocksAcross() * 16;
        int height = shape.macroblocksDown() * 16;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(background(card.tint()));
            graphics.fillRect(0, 0, width, height);
            write(graphics, shape, card);
            drawBar(graphics, ProgressBar.of(shape));
        } finally {
            graphics.dispose();
        }
        return toPicture(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), width, height);
    }

    static Color background(int tint) {
        return Color.getHSBColor(Math.floorMod(tint, 360) / 360f, 0.6f, 0.3f);
    }

    private static void drawBar(Graphics2D graphics, ProgressBar bar) {
        graphics.setColor(TRACK);
        graphics.fillRect(bar.left(), bar.top(), bar.width(), ProgressBar.HEIGHT);
        graphics.setColor(BAR);
        graphics.fillRect(bar.left(), bar.top(), bar.filled(0), ProgressBar.HEIGHT);
    }

    private void write(Graphics2D graphics, ClipShape shape, ClipCard card) {
        int margin = shape.width() / 16;
        int size = Math.max(12, Math.min(shape.width() / 20, shape.height() / 12));
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(new Color(255, 255, 255, 190));
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size * 2 / 3));
            graphics.drawString(card.caption(), margin, margin + size);
            graphics.setColor(Color.WHITE);
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

    private static Picture toPicture(int[] rgb, int width, int height) {
        Picture picture = Picture.create(width, height, ColorSpace.YUV420J);
        byte[] luma = picture.getPlaneData(0);
        for (int i = 0; i < rgb.length; i++) {
            luma[i] = Yuv.luma(rgb[i]);
        }
        byte[] blue = picture.getPlaneData(1);
        byte[] red = picture.getPlaneData(2);
        int chroma = 0;
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                int colour = rgb[y * width + x];
                blue[chroma] = Yuv.blue(colour);
                red[chroma++] = Yuv.red(colour);
            }
        }
        return picture;
    }
}
