/* SPDX-License-Identifier: ISC */
/*
 * To compare with `apeng build': let libyaml alone scan every file of a
 * capsule. yamlscan DIR reads DIR/capsule.yml and the files of DIR/pages that
 * end in .yml, and prints the numbers of files, characters and tokens.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

static unsigned long	nfile, nbyte, ntoken;

static int
scan(const char *path)
{
	yaml_parser_t	 p;
	yaml_token_t	 t;
	FILE		*f;
	int		 end = 0;

	if ((f = fopen(path, "re")) == NULL) {
		perror(path);
		return -1;
	}
	if (!yaml_parser_initialize(&p)) {
		fclose(f);
		return -1;
	}
	yaml_parser_set_input_file(&p, f);
	while (!end) {
		if (!yaml_parser_scan(&p, &t)) {
			fprintf(stderr, "%s: %s\n", path, p.problem);
			break;
		}
		end = t.type == YAML_STREAM_END_TOKEN;
		yaml_token_delete(&t);
		ntoken++;
	}
	nbyte += p.mark.index;
	nfile++;
	yaml_parser_delete(&p);
	fclose(f);
	return end ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct dirent	*d;
	char		 path[4096];
	DIR		*dp;
	size_t		 n;

	if (argc != 2) {
		fprintf(stderr, "usage: yamlscan DIR\n");
		return 2;
	}
	snprintf(path, sizeof(path), "%s/capsule.yml", argv[1]);
	if (scan(path) == -1)
		return 1;
	snprintf(path, sizeof(path), "%s/pages", argv[1]);
	if ((dp = opendir(path)) == NULL) {
		perror(path);
		return 1;
	}
	while ((d = readdir(dp)) != NULL) {
		n = strlen(d->d_name);
		if (n < 5 || strcmp(d->d_name + n - 4, ".yml") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/pages/%s", argv[1],
		    d->d_name);
		if (scan(path) == -1)
			return 1;
	}
	closedir(dp);
	printf("%lu files, %lu bytes, %lu tokens\n", nfile, nbyte, ntoken);
	return 0;
}
