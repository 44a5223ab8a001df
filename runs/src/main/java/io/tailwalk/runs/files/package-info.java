/** What a file is taken for, before anything is computed from it. */
@NullMarked
package io.tailwalk.runs.files;

import org.jspecify.annotations.NullMarked;
