/**
 * Experiments of arXiv 2510.03149 on problems small enough for exact computation: ABC (Example 3.1)
 * and delay (Example 3.2).
 */
@NullMarked
package io.tailwalk.lab.exact;

import org.jspecify.annotations.NullMarked;
