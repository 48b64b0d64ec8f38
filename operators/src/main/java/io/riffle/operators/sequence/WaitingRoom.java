package io.riffle.operators.sequence;

import io.riffle.operators.elements.Arrival;

/** Keeps one stream's early chunks, each under its first step. */
public interface WaitingRoom {
    void put(long firstStep, Arrival arrival) throws Exception;

    /** One that was put there. */
    Arrival get(long firstStep) throws Exception;

    void remove(long firstStep) throws Exception;
}
