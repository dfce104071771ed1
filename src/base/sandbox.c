/* SPDX-License-Identifier: ISC */
/*
 * Lock a process: if root started it, it gets an empty root folder and another
 * user; then come resource limits, Landlock, and a list of the system calls
 * that it may still make (filter.c).  The locked process cannot undo any of
 * this.  The caller must have opened everything before.  Only an opener keeps
 * its root folder and user, and opens files later.
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <linux/landlock.h>
#endif

#include "base/err.h"
#include "base/filter.h"
#include "base/sandbox.h"

#define NOBODY	65534		/* when no file of users names nobody */

#ifndef O_PATH
#define O_PATH	O_RDONLY
#endif

#ifdef __linux__
/*
 * Landlock's bits have names of apeng's: <linux/landlock.h> of Debian 12 has
 * only those of ABI 3, and the kernel may be newer than the header.
 */
#define FS_BASIC		((1ULL << 13) - 1)	/* ABI 1 */
#define FS_READ			(1ULL << 2 | 1ULL << 3)	/* files, folders */
#define FS_WRITE		(1ULL << 1 | 1ULL << 8)	/* to files, new ones */
#define FS_REMOVE_FILE		(1ULL << 5)
#define FS_REFER		(1ULL << 13)		/* ABI 2 */
#define FS_TRUNCATE		(1ULL << 14)		/* ABI 3 */
#define FS_IOCTL_DEV		(1ULL << 15)		/* ABI 5 */
#define NET_BIND_TCP		(1ULL << 0)		/* ABI 4 */
#define NET_CONNECT_TCP		(1ULL << 1)
#define SCOPE_ABSTRACT_UNIX	(1ULL << 0)		/* ABI 6 */
#define SCOPE_SIGNAL		(1ULL << 1)

/* An older kernel accepts it when the members that it does not know are 0. */
struct ruleset {
	uint64_t	 fs, net, scoped;
};
#endif

static const struct passwd *local_user(const char *);
static int	 find_user(struct sandbox *, const char *, struct err *);
static int	 empty_folder(struct sandbox *, struct err *);
static int	 limit(int, const char *, rlim_t, struct err *);
static int	 become(const struct sandbox *, struct err *);
#ifdef __linux__
static int	 landlock(const struct sandbox_fds *, struct err *);
#endif

/*
 * Find a user in the local file, without loading libraries for other sources.
 */
static const struct passwd *
local_user(const char *name)
{
	const struct passwd	*pw = NULL;
#ifdef __linux__
	FILE			*f;

	if ((f = fopen("/etc/passwd", "re")) == NULL)
		return NULL;
	while ((pw = fgetpwent(f)) != NULL && strcmp(pw->pw_name, name) != 0)
		;
	fclose(f);
#else
	(void)name;
#endif
	return pw;
}

/*
 * The users of services are nearly always in the local file.  The libraries
 * that getpwnam() loads to look elsewhere would stay in memory for months.
 */
static int
find_user(struct sandbox *s, const char *user, struct err *e)
{
	const struct passwd	*pw;

	if (user != NULL) {
		if ((pw = local_user(user)) == NULL)
			pw = getpwnam(user);
	} else if ((pw = local_user("apeng")) == NULL &&
	    (pw = local_user("nobody")) == NULL &&
	    (pw = getpwnam("apeng")) == NULL)
		pw = getpwnam("nobody");
	if (pw == NULL && user == NULL) {	/* a container without any */
		s->uid = NOBODY;
		s->gid = NOBODY;
		s->drop = 1;
		return 0;
	}
	if (pw == NULL) {
		err_set(e, "user %s: no such user on this machine", user);
		return -1;
	}
	if (pw->pw_uid == 0) {
		err_set(e, "user %s: workers must not run as root",
		    pw->pw_name);
		return -1;
	}
	s->uid = pw->pw_uid;
	s->gid = pw->pw_gid;
	s->drop = 1;
	return 0;
}

/*
 * 1: this process may become that user.  Root in a container may lack that
 * right, or its user namespace may have no other user; a child process tries
 * it.
 */
static int
may_become(const struct sandbox *s)
{
	pid_t	 pid;
	int	 status = -1;

	if ((pid = fork()) == 0)
		_exit(setgroups(1, &s->gid) == -1 ||
		    setresgid(s->gid, s->gid, s->gid) == -1 ||
		    setresuid(s->uid, s->uid, s->uid) == -1);
	if (pid == -1)
		return 1;		/* the workers will report it */
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	return status == 0;
}

/*
 * Open a folder and remove it: it is empty, nothing can be put into it, and it
 * has no name.
 */
static int
empty_folder(struct sandbox *s, struct err *e)
{
	char	 path[] = "/tmp/apeng.XXXXXX";

	if (mkdtemp(path) == NULL) {
		err_sys(e, "%s", path);
		return -1;
	}
	s->root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->root == -1)
		err_sys(e, "%s", path);
	rmdir(path);
	return s->root == -1 ? -1 : 0;
}

int
sandbox_prepare(struct sandbox *s, const char *user, char *warn, size_t size,
    struct err *e)
{
	struct err	 why;

	memset(s, 0, sizeof(*s));
	s->on = 1;
	s->root = -1;
	warn[0] = '\0';
	if (geteuid() != 0) {
		if (user != NULL)
			snprintf(warn, size, "user %s: only root can change "
			    "the user; the workers stay who you are", user);
		return 0;
	}
	if (find_user(s, user, e) == -1)
		return -1;
	if (!may_become(s)) {
		if (user != NULL) {
			err_cannot(e, "user %s: root may not change its user "
			    "in this container (no CAP_SETUID, or no such "
			    "number); start apeng as that user, or name none",
			    user);
			return -1;
		}
		s->drop = 0;
		snprintf(warn, size, "root may not change its user in this "
		    "container: the workers stay root, Landlock and seccomp "
		    "stand alone; better start apeng as an ordinary user");
	}
	if (empty_folder(s, &why) == -1) {
		snprintf(warn, size, "no empty root for the workers: %.200s; "
		    "they go without", why.msg);
		return 0;
	}
#ifdef __linux__
	if (prctl(PR_CAPBSET_READ, 18 /* CAP_SYS_CHROOT */, 0, 0, 0) == 0) {
		snprintf(warn, size, "no CAP_SYS_CHROOT in this container: "
		    "the workers keep their root folder, Landlock and seccomp "
		    "stand alone");
		close(s->root);
		s->root = -1;
	}
#endif
	return 0;
}

void
sandbox_forget(struct sandbox *s)
{
	if (s->root != -1)
		close(s->root);
	s->root = -1;
}

static int
limit(int what, const char *name, rlim_t n, struct err *e)
{
	struct rlimit	 rl;

	rl.rlim_cur = rl.rlim_max = n;
	if (setrlimit(what, &rl) == -1) {
		err_sys(e, "setrlimit %s", name);
		return -1;
	}
	return 0;
}

static int
become(const struct sandbox *s, struct err *e)
{
	if (s->root != -1 && (fchdir(s->root) == -1 || chroot(".") == -1)) {
		err_sys(e, "chroot to an empty folder");
		return -1;
	}
	if (s->drop && (setgroups(1, &s->gid) == -1 ||
	    setresgid(s->gid, s->gid, s->gid) == -1 ||
	    setresuid(s->uid, s->uid, s->uid) == -1)) {
		err_sys(e, "become user %lu", (unsigned long)s->uid);
		return -1;
	}
	return 0;
}

#ifdef __linux__
/* Allow what copies need below a folder, if it exists. */
static int
grant(int rules, const char *folder, uint64_t known, struct err *e)
{
	struct landlock_path_beneath_attr	 below;
	int					 rv;

	memset(&below, 0, sizeof(below));
	below.allowed_access = known & (FS_READ | FS_WRITE | FS_REMOVE_FILE |
	    FS_TRUNCATE);
	below.parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (below.parent_fd == -1)
		return 0;
	rv = (int)syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &below, 0);
	if (rv == -1)
		err_sys(e, "Landlock: %s", folder);
	close(below.parent_fd);
	return rv;
}

/*
 * Landlock: restrict every right that the kernel knows, and allow some only
 * below the folders.  A kernel refuses rights that it does not know, so they
 * are left out.  The process may signal other processes, and reach their
 * abstract sockets, only within its own domain.
 */
static int
landlock(const struct sandbox_fds *fds, struct err *e)
{
	size_t		 i;
	struct ruleset	 attr;
	long		 abi;
	int		 fd, rv = 0;

	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return 0;	/* an older kernel: only seccomp locks */
	memset(&attr, 0, sizeof(attr));
	attr.fs = FS_BASIC;
	if (abi >= 2)
		attr.fs |= FS_REFER;
	if (abi >= 3)
		attr.fs |= FS_TRUNCATE;
	if (abi >= 4)
		attr.net = NET_BIND_TCP | NET_CONNECT_TCP;
	if (abi >= 5)
		attr.fs |= FS_IOCTL_DEV;
	if (abi >= 6)
		attr.scoped = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
	fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr),
	    0);
	for (i = 0; fd != -1 && rv == 0 && i < fds->nfolder; i++)
		rv = grant(fd, fds->folder[i], attr.fs, e);
	if (rv == 0 && (fd == -1 ||
	    syscall(SYS_landlock_restrict_self, fd, 0) == -1)) {
		err_sys(e, "Landlock");
		rv = -1;
	}
	if (fd != -1)
		close(fd);
	return rv;
}
#endif

void
sandbox_hush(const struct sandbox *s, int fd)
{
	int	 null = -1;

	if (!s->on || SANDBOX_WITH_ASAN)	/* whose reports go there */
		return;
	if (fd == -1)
		fd = null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd != -1)
		dup2(fd, STDERR_FILENO);
	if (null != -1)
		close(null);
}

int
sandbox_enter(const struct sandbox *s, enum sandbox_role role,
    const struct sandbox_fds *fds, struct err *e)
{
	if (!s->on)
		return 0;
	/* The opener reads what the master may read, below its folders. */
	if ((role != SANDBOX_OPENER && become(s, e) == -1) ||
	    limit(RLIMIT_CORE, "core", 0, e) == -1 ||
	    limit(RLIMIT_NPROC, "nproc", 0, e) == -1)
		return -1;
	if (role != SANDBOX_LOGGER && role != SANDBOX_OPENER &&
	    !SANDBOX_WITH_ASAN &&
	    limit(RLIMIT_FSIZE, "fsize", 0, e) == -1)
		return -1;
#if defined(__OpenBSD__)
	if (role == SANDBOX_OPENER ? pledge("stdio rpath wpath cpath sendfd "
	    "recvfd", NULL) == -1 : unveil(NULL, NULL) == -1 ||
	    pledge("stdio inet recvfd", NULL) == -1) {
		err_sys(e, "pledge");
		return -1;
	}
#elif defined(__linux__)
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) {
		err_sys(e, "no_new_privs");
		return -1;
	}
	if (!SANDBOX_WITH_ASAN && landlock(fds, e) == -1)
		return -1;
#endif
	return filter_enter(role, fds, e);
}
