/** What the commands show: the streams, numbers and texts fit for a terminal, progress. */
@NullMarked
package io.tailwalk.cli.console;

import org.jspecify.annotations.NullMarked;
