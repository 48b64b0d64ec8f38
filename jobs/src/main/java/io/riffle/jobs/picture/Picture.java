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
import java.util.Locale;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;

/** Charts below each other with one axis of time, as a PNG or SVG file. */
public final class Picture {
    private static final int WIDTH_PIXELS = 1200;
    private static final int TITLE_PIXELS = 40;
    private static final int MARGIN_PIXELS = 10;
    private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 18);

    private final String title;
    private final TimeAxis axis;
    private final List<Section> sections;

    public Picture(String title, TimeAxis axis, List<Section> sections) {
        this.title = title;
        this.axis = axis;
        this.sections = List.copyOf(sections);
    }

    /** Whether the name's ending is one that a picture can be written to. */
    public static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || isSvg(file);
    }

    private static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    /** By the name's ending: .svg, else PNG. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (isSvg(file)) {
                SvgFile svg = new SvgFile(WIDTH_PIXELS, heightPixels());
                paint(svg.graphics(), 2);
                svg.write(file);
            } else if (!ImageIO.write(image(), "png", file.toFile())) {
                throw new IOException("this Java cannot write PNG");
            }
        } catch (IOException e) {
            throw new RiffleException("the picture %s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private BufferedImage image() {
        BufferedImage image = new BufferedImage(WIDTH_PIXELS, heightPixels(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            paint(graphics, 1);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private int heightPixels() {
        int height = TITLE_PIXELS + MARGIN_PIXELS;
        for (Section section : sections) {
            height += section.heightPixels();
        }
        return height;
    }

    private void paint(Graphics2D graphics, int detail) {
        int height = heightPixels();
        Frame frame = new Frame(WIDTH_PIXELS, most(Section::labelPixels), most(Section::scalePixels), detail);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH_PIXELS, height);
        graphics.setColor(Color.BLACK);
        graphics.setFont(TITLE_FONT);
        graphics.drawString(
                ChannelNames.fit(title, TITLE_FONT, WIDTH_PIXELS - 4.0 * MARGIN_PIXELS),
                2 * MARGIN_PIXELS,
                TITLE_PIXELS - MARGIN_PIXELS);
        int top = TITLE_PIXELS;
        for (Section section : sections) {
            Graphics2D area = (Graphics2D) graphics.create(0, top, WIDTH_PIXELS, section.heightPixels());
            section.paint(area, axis, frame);
            area.dispose();
            top += section.heightPixels();
        }
    }

    private int most(ToIntFunction<Section> pixels) {
        return sections.stream().mapToInt(pixels).max().orElse(0);
    }
}
