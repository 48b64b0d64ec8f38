package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.util.OptionalDouble;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** The samples of sound as they are, a row for those of one moment. */
final class WavRows implements Rows {
    private final ByteReader bytes;
    private final AudioInputStream audio;
    private final SampleFormat format;
    private final int channels;
    private final double dt;
    private long row;

    /**
     * @param bytes is closed with the rows
     * @param dt length of a step in seconds
     */
    WavRows(ByteReader bytes, AudioInputStream audio, double dt) {
        this.bytes = bytes;
        this.audio = audio;
        this.dt = dt;
        format = SampleFormat.of(audio.getFormat(), bytes.file());
        channels = audio.getFormat().getChannels();
    }

    @Override
    public boolean isBatch() {
        return false;
    }

    @Override
    public int streams() {
        return 1;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(float[] values, int most) {
        int frame = format.size() * channels;
        byte[] read = readBytes(most * frame);
        int rows = read.length / frame;
        row += rows;
        if (rows < most) {
            checkEnd();
        }
        format.read(read, values, rows * channels);
        return rows;
    }

    private byte[] readBytes(int count) {
        try {
            return audio.readNBytes(count);
        } catch (IOException failed) {
            throw bytes.unreadable(failed);
        }
    }

    private void checkEnd() {
        long declared = audio.getFrameLength();
        if (declared != AudioSystem.NOT_SPECIFIED && row < declared) {
            throw new RiffleException(
                    "%s ends after %d samples, expected %d as its header says".formatted(bytes.file(), row, declared));
        }
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.of(dt);
    }

    @Override
    public double share() {
        return bytes.share();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
