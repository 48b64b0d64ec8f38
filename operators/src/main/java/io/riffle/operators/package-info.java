/**
 * The Flink side: a network as a chain of keyed operators, one for each module, with a stream's state in keyed state.
 * {@link io.riffle.operators.StreamingNetwork} draws the whole picture; the other classes are its parts.
 */
package io.riffle.operators;
