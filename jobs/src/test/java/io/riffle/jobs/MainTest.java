package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsItsCommands() {
        assertThat(run("help")).isZero();
        assertThat(out.toString())
                .contains("Usage: riffle", "feed", "Writes recordings and sensors into a Kafka topic");
    }

    @Test
    void aWrongCallIsOneSentenceAndStatusTwo() {
        assertThat(run("fed")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("unknown argument 'fed', did you mean feed? (see: riffle --help)\n");
    }

    @Test
    void aMissingCommandIsAWrongCall() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("Missing required subcommand (see: riffle --help)\n");
    }

    @Test
    void aMisspeltOptionNamesTheNearest() {
        assertThat(run("feed", "host", "--list", "--strem", "x")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "unknown option '--strem', did you mean --stacktrace or --stream? (see: riffle feed host --help)\n");
    }

    @Test
    void aValueThatCannotBeIsAWrongCall() {
        assertThat(run("feed", "host", "--to", "x", "--duration", "3x")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("Invalid value for option '--duration': '3x' is not a duration such as 500ms, 10s, 2m, 1h "
                        + "(see: riffle feed host --help)\n");
        err.getBuffer().setLength(0);
        assertThat(run("feed", "host", "--to", "x", "--rate", "0")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("rate 0.0 Hz, expected more than 0 and at most 1000.0 (see: riffle feed host --help)\n");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsOneSentenceWithinFifteenSeconds() {
        long begin = System.nanoTime();
        assertThat(run("feed", "host", "--to", "x", "--brokers", "127.0.0.1:1")).isEqualTo(1);
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20);
        assertThat(err.toString()).isEqualTo("no Kafka broker answered at 127.0.0.1:1 within 15 s\n");
    }

    @Test
    void aStackTraceIsPrintedOnlyWhenWanted() {
        assertThat(run("feed", "host", "--to", "x", "--brokers", "127.0.0.1", "--stacktrace"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("Kafka at 127.0.0.1 could not list the brokers", "RiffleException", "at io.riffle.jobs");
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
