package io.riffle.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.view.History;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    @TempDir
    private Path folder;

    private final History sensors = new History(100, 0.01);
    private final History spikes = new History(100, 0.01);

    @Test
    void drawsTracesAndSpikes() throws IOException {
        float[] ramp = new float[200];
        float[] fired = new float[400];
        for (int step = 0; step < 100; step++) {
            ramp[2 * step] = step / 100f;
            ramp[2 * step + 1] = 1 - step / 100f;
            fired[4 * step + step % 4] = 1;
        }
        sensors.add(new Chunk("s", 0, 100, 2, ramp));
        spikes.add(new Chunk("s", 0, 100, 4, fired));

        Set<Integer> colours = colours(draw(folder.resolve("new/picture.png")));
        assertThat(colours).contains(0xFFFFFF, 0x0072B2, 0xD55E00, 0xB45309);
    }

    @Test
    void drawsAxesWhereNothingHappened() throws IOException {
        BufferedImage image = draw(folder.resolve("empty.png"));
        assertThat(colours(image)).contains(0xFFFFFF).doesNotContain(0x0072B2, 0xB45309);
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> draw(file.resolve("picture.png")))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith("the picture " + file.resolve("picture.png") + " could not be written: ");
    }

    private BufferedImage draw(Path file) throws IOException {
        Picture picture = new Picture(
                "test",
                List.of(
                        new TraceSection("sensors", "0..1", List.of("up", "down"), sensors),
                        new RasterSection("spikes", spikes)));
        picture.write(file, 0, 100, 0.01);
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
}
