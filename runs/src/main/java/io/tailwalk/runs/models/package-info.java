/** Models opened by name. */
@NullMarked
package io.tailwalk.runs.models;

import org.jspecify.annotations.NullMarked;
