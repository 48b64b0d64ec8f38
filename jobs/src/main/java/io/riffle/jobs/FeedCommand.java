package io.riffle.jobs;

import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code riffle feed SOURCE --to TOPIC}. */
@Command(
        name = "feed",
        description = {
            "Writes recordings and sensors into a Kafka topic.",
            "SOURCE is a file, - for standard input, mqtt://HOST/TOPICS, or one of the commands below; each has options "
                    + "of its own ('riffle feed file --help'). A file with the name of a command is ./NAME."
        },
        synopsisSubcommandLabel = "SOURCE",
        preprocessor = FeedCommand.NameTheCommand.class,
        subcommands = {FeedFileCommand.class, FeedHostCommand.class, FeedMicCommand.class, FeedMqttCommand.class})
final class FeedCommand {
    @Mixin
    private CommonOptions common;

    private static boolean isMqtt(String argument) {
        return argument.startsWith("mqtt://") || argument.startsWith("mqtts://");
    }

    /** What is no name of a command is an address or a file: {@code feed walk.npy} is {@code feed file walk.npy}. */
    static final class NameTheCommand implements IParameterPreprocessor {
        private static final Set<String> OWN = Set.of("-h", "--help", CommonOptions.STACK_TRACE);

        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
            boolean own = arguments.isEmpty()
                    || OWN.contains(arguments.peek())
                    || command.subcommands().containsKey(arguments.peek());
            if (!own) {
                arguments.push(arguments.stream().anyMatch(FeedCommand::isMqtt) ? "mqtt" : "file");
            }
            return false;
        }
    }
}
