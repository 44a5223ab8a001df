/** Training that goes on while decoding, against training alone. */
@NullMarked
package io.tailwalk.lab.testtime;

import org.jspecify.annotations.NullMarked;
