package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The ROC curve and the spread of human verdicts over time, as a picture. */
public final class Chart {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 520;
    private static final int SIDE = 400;
    private static final int TOP = 60;
    private static final int LATEST_MS = 5000;

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen = image.createGraphics();

    public static void write(List<Outcome> outcomes, Path file) throws IOException {
        Chart chart = new Chart();
        chart.roc(outcomes);
        chart.latency(outcomes);
        ImageIO.write(chart.image, "png", file.toFile());
    }

    private Chart() {
        System.setProperty("java.awt.headless", "true");
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    }

    /** Machines found against people called machines, by the odds at the moment of the verdict. */
    private void roc(List<Outcome> outcomes) {
        frame(80, "ROC: machines found (up) against people called machine (right)", "0", "100 %");
        List<Double> people = odds(outcomes, AmdVerdict.HUMAN);
        List<Double> machines = odds(outcomes, AmdVerdict.MACHINE);
        Path2D path = new Path2D.Double();
        path.moveTo(80, TOP + SIDE);
        for (int step = 400; step >= 0; step--) {
            double threshold = 1 / (1 + Math.exp(-(step - 200) / 25.0));
            path.lineTo(80 + SIDE * above(people, threshold), TOP + SIDE * (1 - above(machines, threshold)));
        }
        path.lineTo(80 + SIDE, TOP);
        curve(path);
    }

    private void latency(List<Outcome> outcomes) {
        int left = 620;
        frame(left, "people told as people (up) by the time after speech starts (right)", "0", LATEST_MS / 1000 + " s");
        List<Outcome> people = outcomes.stream()
                .filter(o -> o.clip().label() == AmdVerdict.HUMAN)
                .toList();
        Path2D path = new Path2D.Double();
        path.moveTo(left, TOP + SIDE);
        for (int ms = 0; ms <= LATEST_MS; ms += 25) {
            int now = ms;
            long told = people.stream()
                    .filter(o -> o.right() && o.afterStartMs() <= now)
                    .count();
            path.lineTo(
                    left + (double) SIDE * ms / LATEST_MS,
                    TOP + SIDE * (1 - (double) told / Math.max(1, people.size())));
        }
        curve(path);
    }

    private void frame(int left, String title, String from, String to) {
        pen.setColor(Color.DARK_GRAY);
        pen.drawString(title, left, TOP - 20);
        pen.drawRect(left, TOP, SIDE, SIDE);
        pen.drawString(from, left, TOP + SIDE + 20);
        pen.drawString(to, left + SIDE - 40, TOP + SIDE + 20);
        pen.setColor(Color.LIGHT_GRAY);
        for (int i = 1; i < 10; i++) {
            int at = i * SIDE / 10;
            pen.drawLine(left, TOP + at, left + SIDE, TOP + at);
            pen.drawLine(left + at, TOP, left + at, TOP + SIDE);
        }
    }

    private void curve(Path2D path) {
        pen.setColor(new Color(0x1f, 0x5f, 0xa8));
        pen.setStroke(new BasicStroke(2));
        pen.draw(path);
        pen.setStroke(new BasicStroke(1));
    }

    private static List<Double> odds(List<Outcome> outcomes, AmdVerdict label) {
        List<Double> odds = new ArrayList<>();
        for (Outcome each : outcomes) {
            if (each.clip().label() == label) {
                odds.add(each.result().machine());
            }
        }
        return odds;
    }

    private static double above(List<Double> odds, double threshold) {
        return odds.isEmpty()
                ? 0
                : (double) odds.stream().filter(o -> o >= threshold).count() / odds.size();
    }
}
