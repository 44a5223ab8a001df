/** Balanced bracket strings: a large tree whose exact values are in a small table. */
@NullMarked
package io.tailwalk.builtin.dyck;

import org.jspecify.annotations.NullMarked;
