/** Whether the intervals of the success probability hold it as often as they say. */
@NullMarked
package io.tailwalk.lab.calibration;

import org.jspecify.annotations.NullMarked;
