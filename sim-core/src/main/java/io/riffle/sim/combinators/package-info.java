/** Modules made of modules. */
package io.riffle.sim.combinators;
