/**
 * Balanced brackets under a small transformer and a learned value (arXiv 2510.03149, Fig. 1 and the
 * study of an out-of-distribution prefix).
 */
@NullMarked
package io.tailwalk.lab.dyck;

import org.jspecify.annotations.NullMarked;
