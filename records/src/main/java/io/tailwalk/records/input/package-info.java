/** Files as users have them: names, compression, format, rows, columns, and what a file is. */
@NullMarked
package io.tailwalk.records.input;

import org.jspecify.annotations.NullMarked;
