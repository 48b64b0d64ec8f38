/** Modules of one's own, as an example of how small they are. */
package io.riffle.sim.examples;
