/**
 * Networks of the Neuromorphic Intermediate Representation (NIR): graphs of nodes in HDF5 files, which training libraries
 * exchange. {@link io.riffle.sim.nir.NirFile} reads and writes the files, {@link io.riffle.sim.nir.NirImport} makes a module of
 * a graph and {@link io.riffle.sim.nir.NirExport} a graph of a module.
 */
package io.riffle.sim.nir;
