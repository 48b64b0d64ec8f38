/** The primitives of NIR as modules. Signals are flat: several dimensions lie row-major in one. */
package io.riffle.sim.nir.nodes;
