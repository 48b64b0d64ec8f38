/** What a job holds over a long time, as a table. */
package io.riffle.integration.soak;
