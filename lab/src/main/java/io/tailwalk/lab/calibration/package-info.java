/** Measured coverage of the intervals of the success probability. */
@NullMarked
package io.tailwalk.lab.calibration;

import org.jspecify.annotations.NullMarked;
