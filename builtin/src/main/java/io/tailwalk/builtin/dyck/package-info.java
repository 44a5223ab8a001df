/** Balanced bracket strings: a large tree whose exact values a small table gives. */
@NullMarked
package io.tailwalk.builtin.dyck;

import org.jspecify.annotations.NullMarked;
