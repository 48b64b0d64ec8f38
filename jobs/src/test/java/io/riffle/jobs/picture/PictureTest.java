package io.riffle.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.view.History;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PictureTest {
    private static final int BLUE = 0x0072B2;
    private static final int SPIKE = 0xB45309;

    @TempDir
    private Path folder;

    private final History sensors = new History(100, 0.01);
    private final History spikes = new History(100, 0.01);

    private void fill() {
        float[] ramp = new float[200];
        float[] fired = new float[400];
        for (int step = 0; step < 100; step++) {
            ramp[2 * step] = step / 100f;
            ramp[2 * step + 1] = 1 - step / 100f;
            fired[4 * step + step % 4] = 1;
        }
        sensors.add(new Chunk("s", 0, 100, 2, ramp));
        spikes.add(new Chunk("s", 0, 100, 4, fired));
    }

    @Test
    void drawsTracesAndSpikes() throws IOException {
        fill();
        Set<Integer> colours = colours(draw(folder.resolve("new/picture.png")));
        assertThat(colours).contains(0xFFFFFF, BLUE, 0xD55E00, SPIKE);
    }

    @Test
    void drawsAxesWhereNothingHappened() throws IOException {
        BufferedImage image = draw(folder.resolve("empty.png"));
        assertThat(colours(image)).contains(0xFFFFFF).doesNotContain(BLUE, SPIKE);
    }

    @Test
    void drawsTheSameIntoSvg() throws Exception {
        fill();
        Path file = folder.resolve("picture.SVG");
        picture().write(file);
        Element root = svg(file);
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 1200 670");
        assertThat(paths(root, "rgb(180,83,9)", "stroke")).hasSize(1);
        assertThat(paths(root, "rgb(180,83,9)", "stroke").get(0).split("M")).hasSize(1 + 100);
        List<String> line = paths(root, "rgb(0,114,178)", "stroke");
        assertThat(line.get(line.size() - 1).split("L")).hasSize(100);
        assertThat(Files.size(file)).isLessThan(400_000);
    }

    @Test
    void drawsHeatAsAnImageWithAScale() throws Exception {
        Columns columns = new Columns(0, 2, 0.5, 3, 10, 10);
        columns.add(new Chunk("s", 0, 2, 3, new float[] {0, 1, 2, 3, 4, 8}), new int[] {0, 1, 2});
        Picture picture = new Picture(
                "heat",
                TimeAxis.sinceStepZero(0, 1),
                List.of(new HeatSection("state", "", List.of("a", "b", "c"), columns)));
        Path png = folder.resolve("heat.png");
        picture.write(png);
        assertThat(colours(ImageIO.read(png.toFile())))
                .contains(0x440154, 0xFDE725, Viridis.at(0.5) & 0xFFFFFF, Viridis.at(0.25) & 0xFFFFFF);
        Path svg = folder.resolve("heat.svg");
        picture.write(svg);
        NodeList images = svg(svg).getElementsByTagName("image");
        assertThat(images.getLength()).isEqualTo(2);
        String data = ((Element) images.item(0)).getAttribute("xlink:href");
        assertThat(data).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
        BufferedImage heat = ImageIO.read(new ByteArrayInputStream(bytes));
        int right = heat.getWidth() - 1;
        int bottom = heat.getHeight() - 1;
        assertThat(heat.getRGB(0, bottom)).isEqualTo(Viridis.at(0)); // the first channel is the lowest row
        assertThat(heat.getRGB(0, 0)).isEqualTo(Viridis.at(0.25));
        assertThat(heat.getRGB(right, bottom)).isEqualTo(Viridis.at(0.375));
        assertThat(heat.getRGB(right, 0)).isEqualTo(Viridis.at(1));
        assertThat(heat.getRGB(right / 2 - 1, 0)).isEqualTo(Viridis.at(0.25));
    }

    @Test
    void linesAreInterruptedWhereStepsAreMissing() throws Exception {
        Columns columns = new Columns(0, 6, 1, 1, 10, 10);
        columns.add(new Chunk("s", 0, 2, 1, new float[] {0, 1}), new int[] {0});
        columns.add(new Chunk("s", 3, 2, 1, new float[] {0, 1}), new int[] {0});
        Path file = folder.resolve("gap.svg");
        new Picture("gap", TimeAxis.steps(0, 6), List.of(new TraceSection("x", "", List.of(), columns))).write(file);
        List<String> line = paths(svg(file), "rgb(0,114,178)", "stroke");
        assertThat(line.get(line.size() - 1)).matches("M\\S+ \\S+ L\\S+ \\S+ M\\S+ \\S+ L\\S+ \\S+");
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> picture().write(file.resolve("picture.png")))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith("the picture " + file.resolve("picture.png") + " could not be written: ");
    }

    private Picture picture() {
        return new Picture(
                "test",
                TimeAxis.beforeTheEnd(0, 1),
                List.of(
                        new TraceSection("sensors", "0..1", List.of("up", "down"), Columns.of(sensors, 0, 100, 4096)),
                        new RasterSection("spikes", "neuron", List.of(), Columns.of(spikes, 0, 100, 4096))));
    }

    private BufferedImage draw(Path file) throws IOException {
        picture().write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(image.getHeight()).isEqualTo(50 + 290 + 330);
        return image;
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        return colours;
    }

    /** Without fetching the document type from its address. */
    private static Element svg(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        Document document = builder.parse(file.toFile());
        return document.getDocumentElement();
    }

    /** The shapes whose group has this colour. */
    private static List<String> paths(Element root, String colour, String attribute) {
        List<String> shapes = new ArrayList<>();
        NodeList paths = root.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            Element path = (Element) paths.item(i);
            Element group = (Element) path.getParentNode();
            boolean drawn = !path.getAttribute("fill").isEmpty()
                    && !path.getAttribute("d").contains("Z");
            if (drawn && group.getAttribute(attribute).equals(colour)) {
                shapes.add(path.getAttribute("d"));
            }
        }
        return shapes;
    }
}
