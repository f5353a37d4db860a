package io.camelray.chaos;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Small campaigns of every kind that is delivered today: into a folder or a bucket, of one step or chained. */
final class Campaigns {

    static final String REFUSED = "refused.yaml";

    private int renders;

    /** Renders asked for so far. */
    int renders() {
        return renders;
    }

    /** Puts the campaign of this number into the inbox, all at once. */
    void drop(int number, Path home) throws IOException {
        String name = "chaos-" + number;
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        String head = "campaign: " + name + "\ndefaults: {resolution: 360p}\n"
                + (number % 2 == 0 ? "deliver: {to: \"s3://renders/chaos\"}\n" : "");
        String work =
                switch (number % 3) {
                    case 0 -> plain(name);
                    case 1 -> chained(name);
                    default -> pictured(name, inbox);
                };
        Path written = Files.writeString(inbox.resolve("." + name + ".tmp"), head + work);
        Files.move(written, inbox.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A manifest that must be refused, with a presigned URL that must not be shown. */
    void dropRefused(Path home) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(
                inbox.resolve(REFUSED),
                "campaign: refused\nprompt: a mug\nendFrame: \"http://a.example/mug.png?" + Canaries.PICTURE_QUERY
                        + "\"\nstartFrame: \"https://127.0.0.1/mug.png?" + Canaries.PICTURE_QUERY
                        + "\"\n");
    }

    private String plain(String name) {
        renders += 4;
        return "aspectRatio: \"1:1\"\nprompt: \"" + name + ", take {{take}}\"\nmatrix: {take: [a, b, c, d]}\n";
    }

    private String pictured(String name, Path inbox) throws IOException {
        renders += 2;
        ImageIO.write(
                new BufferedImage(720, 720, BufferedImage.TYPE_INT_RGB),
                "png",
                inbox.resolve("mug.png").toFile());
        return "aspectRatio: \"1:1\"\nprompt: \"" + name
                + ", take {{take}}\"\nmatrix: {take: [a, b]}\nstartFrame: mug.png\n";
    }

    private String chained(String name) {
        renders += 4;
        return """
                matrix: {take: [a, b]}
                steps:
                - {id: hero, operation: generate, prompt: "%1$s, take {{take}}", aspectRatio: "16:9", deliver: true}
                - {id: fit, operation: reframe, source: hero, prompt: "%1$s, reframed {{take}}", aspectRatio: "9:16"}
                """
                .formatted(name);
    }
}
