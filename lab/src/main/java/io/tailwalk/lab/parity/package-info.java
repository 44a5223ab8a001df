/**
 * The parity experiment of arXiv 2510.03149 (Figure 6): time to a rewarded response when feedback
 * on a letter comes late.
 */
@NullMarked
package io.tailwalk.lab.parity;

import org.jspecify.annotations.NullMarked;
