package io.riffle.jobs;

import io.riffle.jobs.offline.ConvertCommand;
import io.riffle.jobs.offline.EvolveCommand;
import io.riffle.jobs.offline.InspectCommand;
import io.riffle.jobs.offline.PlotCommand;
import io.riffle.jobs.offline.VerifyCommand;
import io.riffle.jobs.state.StateCommand;
import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code riffle help}. */
@Command(
        name = "riffle",
        description = "Stateful spiking and rate networks, running continuously on live sensor streams.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            DemoCommand.class,
            RunCommand.class,
            EvolveCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            VerifyCommand.class,
            FeedCommand.class,
            StateCommand.class,
            TapCommand.class,
            PlotCommand.class,
            BenchCommand.class
        })
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version.")
    private boolean versionWanted;

    @Mixin
    private CommonOptions common;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(new Main());
    }

    /** Any command, with our manners. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Main::failed)
                .setParameterExceptionHandler(Main::calledWrongly);
    }

    private static int failed(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (exception instanceof RiffleException) {
            err.println(exception.getMessage());
        } else {
            err.println("%s (%s shows where)".formatted(exception, CommonOptions.STACK_TRACE));
        }
        if (parsed.originalArgs().contains(CommonOptions.STACK_TRACE)) {
            exception.printStackTrace(err);
        }
        return FAILED;
    }

    private static int calledWrongly(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("%s (see: %s --help)"
                .formatted(sentence(exception), command.getCommandSpec().qualifiedName()));
        if (Arrays.asList(arguments).contains(CommonOptions.STACK_TRACE)) {
            exception.printStackTrace(err);
        }
        return WRONG_CALL;
    }

    private static String sentence(ParameterException exception) {
        String message = exception.getMessage();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            String got = "unknown %s '%s'"
                    .formatted(
                            unmatched.isUnknownOption() ? "option" : "argument",
                            unmatched.getUnmatched().get(0));
            return suggestions.isEmpty() ? got : got + ", did you mean " + String.join(" or ", suggestions) + "?";
        }
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }
}
