package io.riffle.jobs.feed;

/**
 * How far a feed has come.
 *
 * @param firstStep where this feed began to continue the stream
 * @param steps fed since then
 * @param repeatedSteps of these, the ones whose sample came too late
 * @param values the newest
 */
public record FeedProgress(long firstStep, long steps, long repeatedSteps, float[] values) {}
