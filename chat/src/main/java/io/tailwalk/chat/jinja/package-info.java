/**
 * An interpreter for the part of Jinja that chat templates use. Templates come from files of
 * unknown origin: values are of seven kinds of this package, no Java object is reachable, and
 * steps, nesting and memory are limited ({@link io.tailwalk.chat.jinja.Meter}).
 */
@NullMarked
package io.tailwalk.chat.jinja;

import org.jspecify.annotations.NullMarked;
