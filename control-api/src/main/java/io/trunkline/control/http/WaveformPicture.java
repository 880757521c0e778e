package io.trunkline.control.http;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A waveform to look at: a band a channel, one column a stretch, on nothing, so that it fits light and dark pages. */
final class WaveformPicture {
    private static final int BAND = 60;
    private static final Color[] COLOURS = {new Color(0x3b82c4), new Color(0xd9822b)};

    private WaveformPicture() {}

    static byte[] png(List<List<Double>> channels) throws IOException {
        int width = channels.getFirst().size();
        BufferedImage image = new BufferedImage(width, BAND * channels.size(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        for (int i = 0; i < channels.size(); i++) {
            pen.setColor(COLOURS[i % COLOURS.length]);
            draw(pen, channels.get(i), i * BAND + BAND / 2);
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static void draw(Graphics2D pen, List<Double> peaks, int middle) {
        for (int x = 0; x < peaks.size(); x++) {
            int half = (int) Math.round(peaks.get(x) * (BAND / 2 - 1));
            pen.drawLine(x, middle - half, x, middle + half);
        }
    }
}
