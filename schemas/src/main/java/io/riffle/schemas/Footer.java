package io.riffle.schemas;

/**
 * What the end of an IPC file says about its record batches.
 *
 * @param batchPositions of each batch's message, from the start of the file
 * @param dictionaries number of dictionary batches
 */
record Footer(long[] batchPositions, int dictionaries) {}
