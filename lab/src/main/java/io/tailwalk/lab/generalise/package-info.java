/** How fast maximum likelihood learns coverage, and how fast KL. */
@NullMarked
package io.tailwalk.lab.generalise;

import org.jspecify.annotations.NullMarked;
