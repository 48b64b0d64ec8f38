package io.riffle.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code riffle feed SOURCE --to TOPIC}. */
@Command(
        name = "feed",
        description = "Writes sensors into a Kafka topic, continuously.",
        synopsisSubcommandLabel = "SOURCE",
        subcommands = FeedHostCommand.class)
final class FeedCommand {
    @Mixin
    private CommonOptions common;
}
