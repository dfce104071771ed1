/* SPDX-License-Identifier: ISC */
/*
 * apeng attach: add photos and documents to a capsule's folder files/ and print
 * the YAML lines that name them.  A photo is turned upright, scaled until its
 * bytes are within the budget, and written without the metadata that tells of
 * camera, time and place.
 *
 * A process of its own, GraphicsMagick's gm, decodes the pictures: Debian and
 * others have maintained its decoders for decades, a build of apeng needs no
 * picture library, and a server has none.  gm gets the open file and the one
 * format that its first bytes show, but no file name; the picture that gm
 * writes is checked before it gets a name.  The photo may come from anywhere
 * and is not trusted.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/nofollow.h"
#include "base/num.h"
#include "cmd/cmd.h"
#include "content/beside.h"
#include "content/diag.h"
#include "content/profile.h"
#include "package/spool.h"
#include "proto/files.h"
#include "proto/picture.h"

#define BUDGET_KB	40
#define BUDGET_MAX_KB	(FILES_SIZE_MAX >> 10)

extern char	**environ;

struct attach {
	const char	*dir;		/* of the capsule */
	const char	*as;		/* the name from --as; NULL: none */
	uint64_t	 budget;	/* bytes */
	const char	*from;		/* path of the photo or document */
	int		 in;		/* that file, open */
	int		 out;		/* the result, a file without a name */
	uint64_t	 size;		/* bytes of in, then of out */
	struct first_bytes first;	/* of in, then of a picture in out */
	char		 name[80];
};

/*
 * Read gm's standard error and put ": " and its first line into why, without
 * the prefix `gm convert: ' and only up to the first `(', since gm then names
 * the file, of which it knows no name.  why is empty when gm wrote nothing.
 */
static void
complaint(int fd, char *why, size_t size)
{
	static const char	 who[] = "gm convert: ";
	char			 line[200], part[4096];
	size_t			 n = 0, more;
	ssize_t			 got;

	/* Read all: gm may write many warnings and still make a picture. */
	while ((got = read(fd, part, sizeof(part))) > 0 ||
	    (got == -1 && errno == EINTR)) {
		more = got > 0 ? (size_t)got : 0;
		if (more > sizeof(line) - 1 - n)
			more = sizeof(line) - 1 - n;
		memcpy(line + n, part, more);
		n += more;
	}
	line[n] = '\0';
	line[strcspn(line, "\n(")] = '\0';
	for (n = 0; line[n] != '\0'; n++)
		if (!isprint((unsigned char)line[n]))
			line[n] = '?';
	while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '.'))
		line[--n] = '\0';
	n = strncmp(line, who, strlen(who)) == 0 ? strlen(who) : 0;
	snprintf(why, size, "%s%s", line[n] != '\0' ? ": " : "", line + n);
}

/*
 * Start gm: it reads in, writes out, and writes errors to err.  0, or an errno.
 */
static int
spawn(const struct attach *a, const char *const *args, int err, pid_t *pid)
{
	posix_spawn_file_actions_t	 act;
	int				 rv;

	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, a->in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&act, a->out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&act, err, STDERR_FILENO);
	rv = posix_spawnp(pid, "gm", &act, NULL,
	    (char *const *)(uintptr_t)args, environ);
	posix_spawn_file_actions_destroy(&act);
	return rv;
}

/*
 * Empty out, then run gm with these arguments: it reads in, writes out.
 * -1: see e.
 */
static int
magick(struct attach *a, const char *const *args, struct err *e)
{
	char	 why[220];
	pid_t	 pid;
	int	 rv, status, err[2];

	if (ftruncate(a->out, 0) == -1 || lseek(a->out, 0, SEEK_SET) == -1 ||
	    lseek(a->in, 0, SEEK_SET) == -1) {
		err_sys(e, "%s", a->from);
		return -1;
	}
	if (pipe2(err, O_CLOEXEC) == -1) {
		err_sys(e, "pipe");
		return -1;
	}
	rv = spawn(a, args, err[1], &pid);
	close(err[1]);
	if (rv == 0)
		complaint(err[0], why, sizeof(why));
	close(err[0]);
	if (rv == ENOENT) {
		err_cannot(e, "no program gm: pictures are scaled by "
		    "GraphicsMagick (apt-get install graphicsmagick)");
		return -1;
	}
	if (rv != 0) {
		errno = rv;
		err_sys(e, "gm");
		return -1;
	}
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		err_set(e, "%s: gm could not read it as a picture%s", a->from,
		    why);
		return -1;
	}
	return 0;
}

/*
 * Read what the first bytes of a file tell into *p, and its size in bytes into
 * *size.  -1: see e, also for an empty or too large file, and for a picture
 * that breaks off before its end.
 */
static int
look(int fd, const char *name, struct first_bytes *p, uint64_t *size,
    struct err *e)
{
	struct stat	 st;
	size_t		 len;
	char		*data;
	int		 is_whole;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		err_set(e, "%s: not a regular file", name);
		return -1;
	}
	if (st.st_size == 0 || (uint64_t)st.st_size > FILES_SIZE_MAX) {
		err_set(e, "%s: want 1 byte to 256 MB", name);
		return -1;
	}
	*size = (uint64_t)st.st_size;
	len = (size_t)*size;
	if ((data = malloc(len)) == NULL) {
		err_nomem(e);
		return -1;
	}
	if (file_pread_all(fd, data, len, 0) == -1) {
		err_sys(e, "%s", name);
		free(data);
		return -1;
	}
	picture_read((const uint8_t *)data, len, p);
	is_whole = picture_is_whole((const uint8_t *)data, len);
	free(data);
	if (is_whole)
		return 0;
	err_set(e, "%s: the picture breaks off before its end: copy or save "
	    "it again", name);
	return -1;
}

/*
 * Make one try: scale to at most `side' pixels in width and height and write
 * the format `to', "png", or "jpeg" of this quality.  suffix is that of the
 * format of in.  -1: see e.
 */
static int
scale(struct attach *a, const char *suffix, unsigned side, unsigned quality,
    const char *to, struct err *e)
{
	char		 from[24], box[32], q[16], out[16];
	const char	*args[] = { "gm", "convert", from, "-auto-orient",
			    "-background", "white", "-flatten", "-resize",
			    box, "+profile", "*", "-strip", "-quality", q, out,
			    NULL };
	const char	*plain[] = { "gm", "convert", from, "-resize", box,
			    "+profile", "*", "-strip", out, NULL };
	int		 is_png = strcmp(to, "png") == 0;

	/* [0]: of an animation only the first frame. */
	snprintf(from, sizeof(from), "%s:-[0]", strcmp(suffix, ".jpg") == 0 ?
	    "jpeg" : suffix + 1);
	snprintf(box, sizeof(box), "%ux%u>", side, side);
	snprintf(q, sizeof(q), "%u", quality);
	snprintf(out, sizeof(out), "%s:-", to);
	if (magick(a, is_png ? plain : args, e) == -1 ||
	    look(a->out, a->from, &a->first, &a->size, e) == -1)
		return -1;
	if (a->first.suffix == NULL || a->first.width == 0 ||
	    a->first.has_exif) {
		err_set(e, "%s: gm made no clean picture of it", a->from);
		return -1;
	}
	return 0;
}

/*
 * Scale a picture until it is within the budget.  A PNG stays PNG if it fits at
 * its own size.  Otherwise the sides are tried from the largest on, each with
 * the better quality first, and the first JPEG within the budget is taken.
 * -1: see e.
 */
static int
picture(struct attach *a, struct err *e)
{
	static const unsigned	 sides[] = { 1600, 1280, 1024, 800, 640, 480,
				    320, 240, 160 };
	static const unsigned	 qualities[] = { 75, 60 };
	const char		*suffix = a->first.suffix;
	unsigned		 most = a->first.width > a->first.height ?
				    a->first.width : a->first.height;
	size_t			 i, k;

	if (strcmp(suffix, ".png") == 0) {
		if (scale(a, suffix, most, 0, "png", e) == -1)
			return -1;
		if (a->size <= a->budget)
			return 0;
	}
	for (i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		if (i > 0 && sides[i] >= most)
			continue;
		for (k = 0; k < 2; k++) {
			if (scale(a, suffix, sides[i], qualities[k], "jpeg",
			    e) == -1)
				return -1;
			if (a->size <= a->budget)
				return 0;
		}
	}
	err_set(e, "%s: is not within %llu KB even with 160 pixels a side; "
	    "give it more with --budget", a->from,
	    (unsigned long long)a->budget >> 10);
	return -1;
}

/*
 * Copy a document unchanged, if its bytes fit the type that its name says.
 * -1: see e.
 */
static int
document(struct attach *a, const struct file_type *t, struct err *e)
{
	char		 chunk[65536];
	const char	*why = NULL;
	struct err	 cannot = { 0 };
	ssize_t		 n;
	off_t		 at = 0;

	if (a->first.suffix == NULL) {
		if (strcmp(t->suffix, ".pdf") == 0)
			why = "the file does not begin as files of this type "
			    "do";
		else if (lseek(a->in, 0, SEEK_SET) == 0)
			why = beside_text_fault(a->in, &cannot);
		if (why != NULL) {
			err_set(e, "%s: %s", a->from, why);
			return -1;
		}
	}

	while ((n = pread(a->in, chunk, sizeof(chunk), at)) > 0) {
		if (file_write_all(a->out, chunk, (size_t)n) == -1) {
			err_sys(e, "%s", a->dir);
			return -1;
		}
		at += n;
	}
	a->size = (uint64_t)at;
	if (n == -1)
		err_sys(e, "%s", a->from);
	return n == -1 ? -1 : 0;
}

/* "Bridge in May.JPG" -> "bridge-in-may" and the suffix of the type. */
static void
choose_name(struct attach *a, const char *suffix)
{
	const char	*s = a->as, *end;
	size_t		 n = 0;

	if (s == NULL)
		s = strrchr(a->from, '/') != NULL ?
		    strrchr(a->from, '/') + 1 : a->from;
	end = strrchr(s, '.');
	if (end == NULL || end == s)
		end = s + strlen(s);
	for (; s < end && n < 60; s++) {
		unsigned char	 c = (unsigned char)*s;

		if (c < 0x80 && isalnum(c))
			a->name[n++] = (char)tolower(c);
		else if (n > 0 && a->name[n - 1] != '-')
			a->name[n++] = '-';
	}
	while (n > 0 && a->name[n - 1] == '-')
		n--;
	a->name[n] = '\0';
	if (n == 0 || file_is_device(a->name))
		snprintf(a->name, sizeof(a->name), "file");
	snprintf(a->name + strlen(a->name), 8, "%s", suffix);
}

/*
 * Copy the result to files/NAME.  -1: see e, also when that path exists
 * already.
 */
static int
put(struct attach *a, struct err *e)
{
	struct file_new	 f;
	struct stat	 st;
	char		*folder = NULL, *path = NULL;
	const uint8_t	*data = NULL;
	size_t		 size = 0;
	int		 rv = -1;

	if (asprintf(&folder, "%s/files", a->dir) == -1 ||
	    asprintf(&path, "%s/%s", folder, a->name) == -1) {
		err_nomem(e);
		goto out;
	}
	if (file_dir_ours(folder, 0755, e) == -1)
		goto out;
	if (lstat(path, &st) == 0) {
		err_set(e, "%s: is there already; give another name with --as",
		    path);
		goto out;
	}
	if (spool_map(a->out, &data, &size, e) == -1 ||
	    file_begin(&f, path, 0644, e) == -1)
		goto out;
	if (file_write_all(f.fd, data, size) == -1) {
		err_sys(e, "%s", path);
		file_abandon(&f);
	} else
		rv = file_commit(&f, e);
 out:
	spool_unmap(data, size);
	free(folder);
	free(path);
	return rv;
}

/* Print {en: TEXT, zh: TEXT}; the author replaces TEXT. */
static void
print_words(const struct profile *p, const char *text)
{
	size_t	 i;

	printf("{");
	for (i = 0; p != NULL && i < p->nlang; i++)
		printf("%s%s: %s", i > 0 ? ", " : "", p->lang[i].dir, text);
	printf(p == NULL ? "en: %s}\n" : "}\n", text);
}

static void
print_block(const struct attach *a, const struct profile *p)
{
	if (a->first.width > 0) {
		printf("  - image:\n      src: files/%s\n      alt: ",
		    a->name);
		print_words(p, "what it shows");
		printf("      credit: ");
		print_words(p, "who made it");
	} else {
		printf("  - file:\n      src: files/%s\n      label: ",
		    a->name);
		print_words(p, "what it is");
	}
}

/* Add one file to files/ and print the lines that name it.  0, or -1: see e. */
static int
attach(struct attach *a, const struct profile *p, struct err *e)
{
	const struct file_type	*t;
	int			 rv = -1;

	if ((a->in = file_open(a->from, e)) == -1)
		return -1;
	/* Where the photo's folder is read-only, TMPDIR or memory is used. */
	if ((a->out = spool_open_any(a->from, e)) == -1 ||
	    look(a->in, a->from, &a->first, &a->size, e) == -1)
		goto out;
	if (a->first.width > 0) {
		if (picture(a, e) == -1)
			goto out;
		choose_name(a, a->first.suffix);
	} else {
		t = a->first.suffix != NULL ? file_type_of("x.pdf", 5) :
		    file_type_of(a->from, strlen(a->from));
		if (t == NULL || t->is_picture || (a->first.suffix != NULL &&
		    strcmp(a->first.suffix, ".pdf") != 0)) {
			err_set(e, "%s: no file that apeng takes: want JPEG, "
			    "PNG, GIF, WebP, PDF, or a text that ends in "
			    ".txt or .csv", a->from);
			goto out;
		}
		if (document(a, t, e) == -1)
			goto out;
		choose_name(a, t->suffix);
	}
	if (put(a, e) == 0) {
		rv = 0;
		if (a->first.width > 0)
			fprintf(stderr, "apeng attach: files/%s: %ux%u, %llu "
			    "KB\n", a->name, a->first.width, a->first.height,
			    (unsigned long long)(a->size + 1023) / 1024);
		print_block(a, p);
	}
 out:
	if (a->in != -1)
		close(a->in);
	if (a->out != -1)
		close(a->out);
	a->in = a->out = -1;
	return rv;
}

static int
attach_all(struct attach *a, int n, char **files)
{
	struct diag	*d;
	struct profile	*p;
	struct err	 e;
	int		 status = STATUS_DONE;

	if ((d = diag_new()) == NULL) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	/* Only its languages are needed; `apeng check' tells its faults. */
	p = profile_load(a->dir, d, NULL, NULL);
	for (; n > 0 && status == STATUS_DONE; n--, files++) {
		a->from = *files;
		if (attach(a, p, &e) == -1)
			status = cmd_fail(&e);
	}
	profile_free(p);
	diag_free(d);
	return status;
}

int
cmd_attach(int argc, char **argv)
{
	static const struct option opts[] = {
		{ "budget", required_argument, NULL, 'b' },
		{ "as", required_argument, NULL, 'a' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct attach	 a = { .budget = BUDGET_KB << 10, .in = -1,
			    .out = -1 };
	struct err	 e;
	int		 ch;

	while ((ch = getopt_long(argc, argv, "h", opts, NULL)) != -1) {
		if (ch == 'b') {
			if (num_parse(optarg, strlen(optarg), &a.budget) ==
			    -1 || a.budget == 0 || a.budget > BUDGET_MAX_KB) {
				err_cannot(&e, "--budget: \"%s\", want KB",
				    optarg);
				return cmd_fail(&e);
			}
			a.budget <<= 10;
		} else if (ch == 'a')
			a.as = optarg;
		else
			return ch == 'h' ? cmd_help() : cmd_usage();
	}
	if (argc - optind < 2 || (a.as != NULL && argc - optind != 2))
		return cmd_usage();
	a.dir = argv[optind];
	return attach_all(&a, argc - optind - 1, argv + optind + 1);
}
