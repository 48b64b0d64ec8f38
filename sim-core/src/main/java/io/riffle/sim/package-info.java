/** The Module API: modules, parameters, state, recording. */
package io.riffle.sim;
