/** Pages and JSON of coverage profiles, tournaments and pass@k. */
@NullMarked
package io.tailwalk.report.coverage;

import org.jspecify.annotations.NullMarked;
