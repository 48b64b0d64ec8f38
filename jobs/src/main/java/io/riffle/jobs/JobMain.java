package io.riffle.jobs;

import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What Flink's own client starts, {@code flink run riffle-job.jar NETWORK --in TOPIC --out TOPIC}: the command
 * {@code riffle run}, whose job goes to the cluster that the client knows.
 */
public final class JobMain {
    private JobMain() {}

    /** Never exits the process, which is Flink's and may be its job manager; so an error has to be thrown. */
    public static void main(String[] arguments) {
        StringWriter errors = new StringWriter();
        int status = Main.commandLine(new RunCommand(StreamExecutionEnvironment.getExecutionEnvironment()))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        if (status != 0) {
            throw new RiffleException(errors.toString().strip());
        }
    }
}
