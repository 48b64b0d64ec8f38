/** What the tests of other folders, and of people's own modules, can use: published as the module's test-jar. */
package io.riffle.sim.testing;
