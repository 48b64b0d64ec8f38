package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkFileWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlotCommandTest {
    private static final int SPIKE = 0xB45309;
    private static final int BLUE = 0x0072B2;

    @TempDir
    private Path folder;

    private Path spikes;
    private Path csv;
    private String out;
    private String err;

    @BeforeEach
    void writeFiles() throws IOException {
        spikes = folder.resolve("spikes.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(spikes, 0.01)) {
            float[] fired = new float[400];
            for (int step = 0; step < 100; step++) {
                fired[4 * step + step % 4] = step % 2;
            }
            writer.append(new Chunk("arm", 100, 100, 4, fired));
            writer.append(new Chunk("leg", 0, 50, 4, Arrays.copyOf(fired, 200)));
        }
        csv = folder.resolve("values.csv");
        Files.writeString(csv, "step,left,right\n0,1,2.5\n1,2,1.5\n2,3,-1\n");
    }

    private void run(int status, Object... options) {
        StringWriter outWriter = new StringWriter();
        StringWriter errWriter = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(outWriter, true));
        command.setErr(new PrintWriter(errWriter, true));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "plot";
        for (int i = 0; i < options.length; i++) {
            arguments[i + 1] = options[i].toString();
        }
        int got = command.execute(arguments);
        out = outWriter.toString();
        err = errWriter.toString();
        assertThat(got).as(err).isEqualTo(status);
    }

    private void assertFails(String message, Object... options) {
        run(1, options);
        assertThat(err).isEqualTo(message + "\n");
    }

    private void assertWrongCall(String message, Object... options) {
        run(2, options);
        assertThat(err).isEqualTo(message + " (see: riffle plot --help)\n");
    }

    private static boolean shows(Path picture, int colour) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xFFFFFF) == colour) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void drawsEveryStreamBesideTheRecording() throws IOException {
        run(0, spikes);
        Path picture = folder.resolve("spikes.png");
        assertThat(out).isEqualTo("2 charts, 0 to 2 s -> " + picture + "\n");
        assertThat(err).isEmpty();
        assertThat(shows(picture, SPIKE)).isTrue();
        assertThat(ImageIO.read(picture.toFile()).getHeight()).isEqualTo(50 + 2 * 330);
    }

    @Test
    void oneStreamIsTakenOfEveryFile() throws IOException {
        run(0, spikes, "--stream", "leg");
        assertThat(out).isEqualTo("1 chart, 0 to 0.5 s -> " + folder.resolve("spikes.png") + "\n");
        assertFails(csv + " has no stream 'leg', expected one of [0]", spikes, csv, "--stream", "leg");
    }

    @Test
    void takesTheStepOfTheOtherFiles() throws IOException {
        Path picture = folder.resolve("both.png");
        run(0, csv, spikes, "--output", picture, "--to", 0.5, "--title", "both");
        assertThat(out).isEqualTo("3 charts, 0 to 0.5 s -> " + picture + "\n");
        assertThat(shows(picture, SPIKE)).isTrue();
        assertThat(shows(picture, BLUE)).isTrue();
    }

    @Test
    void countsStepsWhereNobodySaysHowLongTheyAre() {
        run(0, csv);
        assertThat(out).isEqualTo("1 chart, 0 to 3 steps -> " + folder.resolve("values.png") + "\n");
        run(0, csv, "--dt", 0.5);
        assertThat(out).isEqualTo("1 chart, 0 to 1.5 s -> " + folder.resolve("values.png") + "\n");
        assertFails(csv + " does not say how long a step is, expected --dt SECONDS", csv, "--from", 1);
    }

    @Test
    void drawsRecordedStateAsHeatWithItsPath() throws IOException {
        Path record = folder.resolve("record.arrows");
        try (ChunkFileWriter writer =
                new ChunkFileWriter(record, 0.001, Optional.of("1_LIF.vmem"), ChunkFileWriter.Encapsulation.STREAM)) {
            float[] values = new float[16 * 20];
            for (int i = 0; i < values.length; i++) {
                values[i] = i / 320f;
            }
            writer.append(new Chunk("arm", 0, 20, 16, values));
        }
        Path picture = folder.resolve("record.svg");
        run(0, record, "--output", picture, "--channels", "0-8,15", "--from", "0.005");
        assertThat(out).isEqualTo("1 chart, 0.005 to 0.02 s -> " + picture + "\n");
        assertThat(Files.readString(picture)).contains("data:image/png;base64,", ">15<", ">record.arrows<");
    }

    @Test
    void aLongRecordingMakesASmallFile() throws IOException {
        Path file = folder.resolve("long.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001)) {
            float[] fired = new float[64 * 1000];
            for (int i = 0; i < fired.length; i += 97) {
                fired[i] = 1;
            }
            for (int chunk = 0; chunk < 100; chunk++) {
                writer.append(new Chunk("arm", 1000L * chunk, 1000, 64, fired));
            }
        }
        Path picture = folder.resolve("long.svg");
        run(0, file, "--output", picture);
        assertThat(Files.size(picture)).isLessThan(2_500_000);
    }

    @Test
    void namesMayBeMissingOrTheSame() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.csv"), "step,,b,b\n9999999,1,2,3\n10000000,4,5,6\n");
        run(0, odd, "--dt", 0.001);
        assertThat(out).startsWith("1 chart, 9999.999 to 10000.001 s -> ");
        run(0, odd, "--kind", "heat", "--output", folder.resolve("odd.svg"));
        assertThat(Files.readString(folder.resolve("odd.svg"))).contains(">0<", ">b<");
    }

    @Test
    void wrongCallsAreOneSentence() {
        assertWrongCall("--output is x.jpg, expected a name that ends in .png or .svg", spikes, "--output", "x.jpg");
        assertWrongCall("--from is -1.0, expected seconds from 0", spikes, "--from", -1);
        assertWrongCall("--to is 1, expected seconds above 2 as --from says", spikes, "--from", 2, "--to", 1);
        assertWrongCall("--dt is 0.0, expected seconds above 0", csv, "--dt", 0);
        assertWrongCall(
                "Invalid value for option '--channels': '3-1' is not a list of channels such as 0-15,20",
                spikes,
                "--channels",
                "3-1");
        assertWrongCall(
                "Invalid value for option '--kind': 'pie', expected one of [auto, raster, traces, heat]",
                spikes,
                "--kind",
                "pie");
        assertWrongCall("Missing required parameter: 'FILE'");
    }

    @Test
    void failuresAreOneSentence() throws IOException {
        assertFails(spikes + " has no stream 'arn', did you mean 'arm'?", spikes, "--stream", "arn");
        assertFails(
                "no step lies from 3 s to 4 s, expected some of 0 s to 2 s as in spikes.arrow",
                spikes,
                "--from",
                3,
                "--to",
                4);
        assertFails(folder.resolve("no.csv") + " does not exist", folder.resolve("no.csv"));
        assertFails(spikes + " has 4 channels, expected a channel 9 as --channels asks for", spikes, "--channels", 9);
        assertFails("--dt is 0.5 s, " + spikes + " has the time-step 0.01 s", spikes, "--dt", 0.5);
        Path empty = Files.writeString(folder.resolve("empty.csv"), "step,a\n");
        assertFails(empty + " holds no steps, expected at least one", empty);
        run(1, Files.writeString(folder.resolve("net.json"), "{\"module\": \"Linear\"}"));
        assertThat(err).startsWith(folder.resolve("net.json").toString()).doesNotContain("Exception");
        assertThat(err.lines()).hasSize(1);
    }
}
