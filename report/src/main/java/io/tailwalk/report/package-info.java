/**
 * Reports: a page is described once as sections of blocks, and written as a self-contained HTML
 * file, as JSON and as Markdown from the same data. Pages are built only from records, never from
 * live objects.
 */
@NullMarked
package io.tailwalk.report;

import org.jspecify.annotations.NullMarked;
