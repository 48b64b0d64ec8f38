package io.riffle.jobs.feed;

/** Which channels a host's stream has, in which order. */
public enum HostLayout {
    /** One channel per logical CPU, then the rest: as many channels as the machine needs. */
    PER_CPU,
    /** Sixteen channels on every machine, its CPUs folded into mean, max and min: one network fits all. */
    SIXTEEN
}
