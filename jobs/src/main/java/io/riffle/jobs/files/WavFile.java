package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Sound, one step for each sample; of another rate only where that was asked for. */
final class WavFile {
    private static final double SAME = 1e-6;

    private WavFile() {}

    /** @param bytes is closed with the rows */
    static Rows open(ByteReader bytes, InputSettings settings) {
        AudioInputStream audio = audio(bytes);
        AudioFormat format = audio.getFormat();
        double rate = format.getSampleRate();
        double dt = settings.dt().orElse(1 / rate);
        if (Math.abs(rate * dt - 1) < SAME) {
            return new WavRows(bytes, audio, dt);
        }
        if (!settings.resample()) {
            throw new RiffleException(
                    "%s has %s samples per second, steps of %s s are %s per second: expected the same, or --resample"
                            .formatted(bytes.file(), number(rate), dt, number(1 / dt)));
        }
        return new ResampledRows(new WavRows(bytes, audio, 1 / rate), dt, bytes.file());
    }

    private static AudioInputStream audio(ByteReader bytes) {
        try {
            return AudioSystem.getAudioInputStream(bytes.stream());
        } catch (UnsupportedAudioFileException wrong) {
            throw new RiffleException("%s is no sound that can be read, expected a WAV file with PCM or float samples"
                    .formatted(bytes.file()));
        } catch (IOException | IllegalArgumentException | ArithmeticException failed) {
            throw new RiffleException(
                    "%s has no header of a WAV file that can be read: %s".formatted(bytes.file(), failed.getMessage()));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && value < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }
}
