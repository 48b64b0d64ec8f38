package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

/**
 * Something that was decided about a stream and that its output alone does not show, so that nothing is invented or left
 * out silently.
 *
 * @param stream the stream's name
 * @param run of the stream, from 0
 * @param firstStep the first of the steps that it is about
 * @param steps how many these are; 0 if it is about the stream from that step on
 * @param topic where the record stands that made it necessary, with partition and offset
 * @param message one sentence
 */
public record Notice(
        String stream,
        NoticeKind kind,
        long run,
        long firstStep,
        long steps,
        String topic,
        int partition,
        long offset,
        String message) {
    public Notice {
        requireNonNull(stream, "stream is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(message, "message is null");
    }
}
