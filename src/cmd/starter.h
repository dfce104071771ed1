/* SPDX-License-Identifier: ISC */
/* The starter capsule, generated from src/cmd/starter/ by embed.sh. */
#ifndef CMD_STARTER_H
#define CMD_STARTER_H

struct starter_file {
	const char	*name;		/* "pages/visit.yml"; NULL: the end */
	const char	*text;		/* a template, see cmd/new.c */
};

extern const struct starter_file	starter_files[];

#endif
