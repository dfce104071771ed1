/* SPDX-License-Identifier: ISC */
/* What --help says of the commands and of each of their options. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include <stdio.h>

struct language;

/*
 * What a command does, in one line of at most 66 columns; "" for an unknown
 * one.
 */
const char	*help_what(const struct language *, const char *command);
/* Print a line for each option: what it does, and what holds without it. */
void		 help_options(FILE *, const struct language *, const char *command);

#endif
