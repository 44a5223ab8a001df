/** Training that continues while decoding, compared with training alone. */
@NullMarked
package io.tailwalk.lab.testtime;

import org.jspecify.annotations.NullMarked;
