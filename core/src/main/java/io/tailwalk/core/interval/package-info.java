/** Numbers with their uncertainty: intervals whose ends say how they are known. */
@NullMarked
package io.tailwalk.core.interval;

import org.jspecify.annotations.NullMarked;
