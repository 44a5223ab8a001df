/** What a file is taken for, and results for other tools. */
@NullMarked
package io.tailwalk.runs.files;

import org.jspecify.annotations.NullMarked;
