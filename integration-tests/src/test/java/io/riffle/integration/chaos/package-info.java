/** What can be killed under a job, and how long it takes until it goes on. */
package io.riffle.integration.chaos;
