package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.TargetDataLine;
import org.junit.jupiter.api.Test;

class FeedMicCommandTest {
    private final StringWriter err = new StringWriter();

    private int feed(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @Test
    void aMachineWithoutASoundDeviceSaysSo() {
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        assumeFalse(AudioSystem.isLineSupported(new DataLine.Info(TargetDataLine.class, format)));
        assertThat(feed("feed", "mic", "--to", "sound")).isOne();
        assertThat(err.toString())
                .isEqualTo("this machine has no sound device that records 1 channels of 16 bits at 16000 Hz, expected "
                        + "one; 'riffle feed FILE.wav' replays sound\n");
    }

    @Test
    void aRateOfNothingIsAWrongCall() {
        assertThat(feed("feed", "mic", "--to", "sound", "--rate", "0")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("0 Hz, 1 channels, 1 steps per record, expected at least 1 of each (see: riffle feed mic "
                        + "--help)\n");
    }
}
