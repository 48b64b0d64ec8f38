/** What flows between the operators. */
package io.riffle.operators.elements;
