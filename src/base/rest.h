/* SPDX-License-Identifier: ISC */
/* Memory that an idle process does not need. */
#ifndef BASE_REST_H
#define BASE_REST_H

/*
 * Let the read-only pages of the program and its libraries leave this process;
 * they come back from the file's cache when they are used again.  For a process
 * that has nothing to do for some time, such as the master after the start.
 * Does something only on Linux.
 */
void	rest_code(void);

#endif
