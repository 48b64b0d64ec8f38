package io.riffle.sim.nir.nodes;

/**
 * What neurons do in a step: the current first, then the membrane, which sees the new current, then the spikes.
 *
 * @param current null: the input goes to the membrane
 * @param spiking null: the membrane is the output
 */
record Dynamics(LinearStep current, LinearStep membrane, Spiking spiking) {}
