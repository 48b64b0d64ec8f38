package io.riffle.jobs.picture;

import io.riffle.sim.RiffleException;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/** Charts below each other with one axis of time, as a PNG file. */
public final class Picture {
    private static final int WIDTH_PIXELS = 1200;
    private static final int TITLE_PIXELS = 40;
    private static final int MARGIN_PIXELS = 10;

    private final String title;
    private final List<Section> sections;

    public Picture(String title, List<Section> sections) {
        this.title = title;
        this.sections = List.copyOf(sections);
    }

    /**
     * Draws and writes the steps from begin (inclusive) to end (exclusive).
     *
     * @param dt seconds per step
     */
    public void write(Path file, long beginStep, long endStep, double dt) {
        BufferedImage image = draw(new TimeSpan(beginStep, endStep, dt));
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            if (!ImageIO.write(image, "png", file.toFile())) {
                throw new IOException("this Java cannot write PNG");
            }
        } catch (IOException e) {
            throw new RiffleException("the picture %s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private BufferedImage draw(TimeSpan span) {
        int height = TITLE_PIXELS + MARGIN_PIXELS;
        for (Section section : sections) {
            height += section.heightPixels();
        }
        BufferedImage image = new BufferedImage(WIDTH_PIXELS, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH_PIXELS, height);
            graphics.setColor(Color.BLACK);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
            graphics.drawString(title, 2 * MARGIN_PIXELS, TITLE_PIXELS - MARGIN_PIXELS);
            int top = TITLE_PIXELS;
            for (Section section : sections) {
                XYChart chart = section.chart(span, WIDTH_PIXELS);
                Graphics2D area = (Graphics2D) graphics.create(0, top, WIDTH_PIXELS, section.heightPixels());
                chart.paint(area, WIDTH_PIXELS, section.heightPixels());
                area.dispose();
                top += section.heightPixels();
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }
}
