/** Replays recordings of Rockpool's modules and says whether Riffle computes the same. */
package io.riffle.sim.conformance;
