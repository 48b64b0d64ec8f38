package io.riffle.jobs.files;

import static io.riffle.jobs.files.TestingInput.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavTest {
    @TempDir
    private Path folder;

    private Path wav(int code, int channels, int rate, int bits, byte[] samples) throws IOException {
        return Files.write(folder.resolve("a.wav"), TestingWav.file(code, channels, rate, bits, samples));
    }

    private Path tone(int rate, int count, IntToDoubleFunction values) throws IOException {
        float[] samples = new float[count];
        Arrays.setAll(new double[count], i -> samples[i] = (float) values.applyAsDouble(i));
        return wav(3, 1, rate, 32, TestingNpy.floats(samples));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, 00 80 ff, -1 0 0.9921875",
        "1, 16, 0080 0000 ff7f, -1 0 0.9999695",
        "1, 24, 000080 000000 ffff7f, -1 0 0.9999999",
        "1, 32, 00000080 00000000 00000040, -1 0 0.5",
        "3, 32, 000080bf 00000000 0000003f, -1 0 0.5",
        "3, 64, 000000000000f0bf 0000000000000000 000000000000e03f, -1 0 0.5"
    })
    void samplesBecomeFloatsFromMinusOneToOne(int code, int bits, String hex, String expected) throws IOException {
        Path file = wav(code, 1, 8000, bits, HexFormat.of().parseHex(hex.replace(" ", "")));
        float[] values = TestingInput.values(file, InputSettings.NONE);
        String[] numbers = expected.split(" ");
        assertThat(values).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(values[i]).isEqualTo(Float.parseFloat(numbers[i]));
        }
    }

    @Test
    void channelsAreChannelsAndTheRateSaysTheStep() throws IOException {
        Path file = wav(1, 2, 8000, 16, HexFormat.of().parseHex("0040 00c0 0020 00e0".replace(" ", "")));
        assertThat(TestingInput.values(file, TestingInput.withDt(1 / 8000.0)))
                .containsExactly(0.5f, -0.5f, 0.25f, -0.25f);
        try (ChunkInput input = new InputFile(file, InputSettings.NONE).openSteps(stream -> 0)) {
            assertThat(input.channels()).isEqualTo(2);
            assertThat(input.dt()).hasValue(1 / 8000.0);
        }
    }

    @Test
    void anotherRateIsAnErrorUnlessItMayBeResampled() throws IOException {
        Path file = tone(44_100, 44_100, i -> 1);
        assertRefused(
                file,
                TestingInput.withDt(0.001),
                " has 44100 samples per second, steps of 0.001 s are 1000 per second: expected the same, or --resample");
        assertThat(TestingInput.values(file, TestingInput.resampledTo(0.001))).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource({"44100, 16000", "48000, 16000", "44100, 1000", "8000, 16000", "16000, 16001", "22050, 1000.1"})
    void aToneStaysWhereItIs(int from, double to) throws IOException {
        double frequency = 0.1 * Math.min(from, to);
        Path file = tone(from, 10 * from, i -> Math.sin(2 * Math.PI * frequency * i / from));
        float[] values = TestingInput.values(file, TestingInput.resampledTo(1 / to));
        assertThat(values).hasSize((int) Math.ceil(10 * to));
        for (int step = 100; step < values.length - 100; step++) {
            double expected = Math.sin(2 * Math.PI * frequency * step / to);
            assertThat((double) values[step]).as("step %d", step).isCloseTo(expected, within(2e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 16000", "16000, 1000", "44100, 1000"})
    void whatIsTooFastForTheStepsIsTakenOut(int from, int to) throws IOException {
        for (double relative : new double[] {0.52, 0.6, 0.9, 1.4}) {
            double frequency = relative * to;
            if (frequency < from / 2.0) {
                Path file = tone(from, 2 * from, i -> Math.sin(2 * Math.PI * frequency * i / from));
                float[] values = TestingInput.values(file, TestingInput.resampledTo(1.0 / to));
                double largest = 0;
                for (int step = 100; step < values.length - 100; step++) {
                    largest = Math.max(largest, Math.abs(values[step]));
                }
                assertThat(20 * Math.log10(largest)).as("%s Hz", frequency).isLessThan(-80);
            }
        }
    }

    @Test
    void whatIsNoSoundIsRefused() throws IOException {
        Path file = tone(8000, 100, i -> 0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 40));
        assertRefused(file, InputSettings.NONE, " ends after 90 samples, expected 100 as its header says");
        Files.write(file, Arrays.copyOf(whole, 20));
        assertRefused(
                file,
                InputSettings.NONE,
                " is no sound that can be read, expected a WAV file with PCM or float samples");
        Files.write(file, "RIFF and so on, but no sound at all, only words".getBytes());
        assertRefused(
                file,
                InputSettings.NONE,
                " is no sound that can be read, expected a WAV file with PCM or float samples");
        Path law = wav(6, 1, 8000, 8, new byte[10]);
        assertRefused(
                law,
                InputSettings.NONE,
                " holds samples of 8 bits, ALAW, expected PCM of 8, 16, 24 or 32 bits, or floats, little-endian");
    }
}
