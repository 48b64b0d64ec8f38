/** The neuron models, synapses and layers, named as in Rockpool. */
package io.riffle.sim.modules;
