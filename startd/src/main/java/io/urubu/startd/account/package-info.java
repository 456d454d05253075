/** Root only: accounts without a name that are lent to users while their starters live. */
@NullMarked
package io.urubu.startd.account;

import org.jspecify.annotations.NullMarked;
