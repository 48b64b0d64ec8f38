/**
 * Brings the chunks of a stream into order: what comes early waits, what comes twice is cut, what is missing is dealt with
 * as declared. {@link io.riffle.operators.sequence.Sequencer} decides, from the stream's own records alone, and knows
 * nothing of Flink, so that a file is dealt with in the same way.
 */
package io.riffle.operators.sequence;
