package io.riffle.jobs;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {
    static final String STACK_TRACE = "--stacktrace";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this help.")
    private boolean helpWanted;

    // read by Main out of the arguments, because an error may come before this field is set
    @Option(names = STACK_TRACE, description = "Shows where in the program an error arose.")
    private boolean stackTraceWanted;
}
