/** Real processes for tests: they are started, killed and started again, each by its id. */
package io.riffle.integration.cluster;
