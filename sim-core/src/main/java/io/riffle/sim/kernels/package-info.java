/**
 * The loops over float arrays behind the modules. They check nothing: their callers have. The order of every sum is
 * part of the numeric contract (one multiply and one add each, inputs in ascending order, never fused), so that any
 * faster kernel must give the same bits.
 */
package io.riffle.sim.kernels;
