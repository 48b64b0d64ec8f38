package io.riffle.jobs.offline;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs a command as the program does and keeps what it prints. */
final class TestingCommandLine {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine;

    TestingCommandLine(Object command) {
        commandLine = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failed, line, parsed) -> {
                    line.getErr().println(failed.getMessage());
                    return 1;
                })
                .setParameterExceptionHandler((wrong, arguments) -> {
                    wrong.getCommandLine().getErr().println(wrong.getMessage());
                    return 2;
                });
    }

    int run(Object... arguments) {
        return commandLine.execute(
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
