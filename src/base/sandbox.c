#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>

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
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

#include <seccomp.h>
#endif

#include "base/err.h"
#include "base/sandbox.h"

#define FILTER_MAX	32768		/* bytes; a pipe takes 65536 */

#ifndef O_PATH
#define O_PATH	O_RDONLY
#endif

/*
 * AddressSanitizer reports to files, looks for leaks in a thread of its
 * own and reads /proc: a build with it is for tests and keeps these.
 */
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN	1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN	0
#endif

static const struct passwd *local_user(const char *);
static int	 find_user(struct sandbox *, const char *, struct err *);
static int	 empty_folder(struct sandbox *, struct err *);
static int	 limit(int, const char *, rlim_t, struct err *);
static int	 become(const struct sandbox *, struct err *);
#ifdef __linux__
static int	 lock_files(struct err *);
static int	 forbid(scmp_filter_ctx, struct err *);
static int	 make_filter(struct sandbox *, struct err *);
static int	 lock_calls(const struct sandbox *, struct err *);
#endif

/* The system's own users, without loading libraries for other places. */
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
 * Users that services run as stand in the local file, nearly always.  What
 * getpwnam() loads to look elsewhere would stay in memory for months.
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
	if (pw == NULL) {
		err_set(e, "user %s: no such user on this machine",
		    user != NULL ? user : "nobody");
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
 * A folder that is removed while we hold it: nothing is in it, nothing can
 * be put into it, and it has no name under which anybody could try.
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
#ifdef __linux__
	if (make_filter(s, e) == -1)
		return -1;
#endif
	if (geteuid() != 0) {
		if (user != NULL)
			snprintf(warn, size, "user %s: only root can change "
			    "the user; the workers stay who you are", user);
		return 0;
	}
	if (find_user(s, user, e) == -1)
		return -1;
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
	free(s->filter);
	s->filter = NULL;
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
/* Landlock: handle every right there is and grant none. */
static int
lock_files(struct err *e)
{
	struct landlock_ruleset_attr	 attr;
	long				 abi;
	int				 fd, rv = 0;

	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return 0;	/* an older kernel: seccomp must do */
	memset(&attr, 0, sizeof(attr));
	attr.handled_access_fs = (1ULL << 13) - 1;	/* ABI 1 */
	if (abi >= 2)
		attr.handled_access_fs |= 1ULL << 13;	/* refer */
	if (abi >= 3)
		attr.handled_access_fs |= 1ULL << 14;	/* truncate */
	fd = (int)syscall(SYS_landlock_create_ruleset, &attr,
	    sizeof(attr), 0);
	if (fd == -1 || syscall(SYS_landlock_restrict_self, fd, 0) == -1) {
		err_sys(e, "Landlock");
		rv = -1;
	}
	if (fd != -1)
		close(fd);
	return rv;
}

/*
 * What a server has no use for.  A list of denials: a new libc may make
 * calls that nobody foresaw, and must not die of them.
 */
static const char *const	 denied[] = {
	/* open and create */
	"open", "openat", "openat2", "creat", "open_by_handle_at",
	"name_to_handle_at", "memfd_create", "memfd_secret", "mknod",
	"mknodat", "mkdir", "mkdirat", "inotify_init",
	"inotify_init1", "fanotify_init",
	/* change what has a name */
	"link", "linkat", "symlink", "symlinkat", "rename", "renameat",
	"renameat2", "unlink", "unlinkat", "rmdir", "chmod", "fchmod",
	"fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "chown32",
	"fchown32", "lchown32",
	"truncate", "ftruncate", "truncate64", "ftruncate64", "utime", "utimes", "utimensat", "futimesat",
	"setxattr", "lsetxattr", "fsetxattr", "removexattr",
	"lremovexattr", "fremovexattr", "chdir", "fchdir", "chroot",
	"pivot_root", "mount", "umount", "umount2", "move_mount",
	"open_tree", "fsopen", "fsmount", "fspick", "mount_setattr",
	"swapon", "swapoff", "quotactl", "acct",
	/* start and meddle with processes */
	"execve", "execveat", "fork", "vfork", "clone", "clone3", "ptrace",
	"process_vm_readv", "process_vm_writev", "process_madvise",
	"pidfd_open", "pidfd_getfd", "pidfd_send_signal", "kcmp", "kill",
	"tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setns", "unshare",
	"setuid", "setgid", "setreuid", "setregid", "setresuid",
	"setresgid", "setgroups", "setfsuid", "setfsgid", "setuid32",
	"setgid32", "setreuid32", "setregid32", "setresuid32",
	"setresgid32", "setgroups32", "setfsuid32", "setfsgid32", "capset",
	"setpriority", "sched_setscheduler", "sched_setattr", "prlimit64",
	"setrlimit", "personality", "setpgid", "setsid",
	/* new ways out */
	"socket", "socketpair", "connect", "bind", "listen",
	"io_uring_setup", "io_uring_enter", "io_uring_register",
	/* the kernel itself */
	"bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key",
	"request_key", "init_module", "finit_module", "delete_module",
	"kexec_load", "kexec_file_load", "reboot", "sethostname",
	"setdomainname", "settimeofday", "stime", "clock_settime",
	"clock_settime64", "clock_adjtime", "clock_adjtime64",
	"adjtimex", "syslog", "iopl", "ioperm", "modify_ldt", "vhangup",
	"nfsservctl", "lookup_dcookie", "remap_file_pages", "mbind",
	"migrate_pages", "move_pages", "set_mempolicy", "shmget", "shmat",
	"msgget", "semget", "ipc", "mq_open", "pkey_mprotect",
};

static int
forbid(scmp_filter_ctx ctx, struct err *e)
{
	size_t	 i;
	int	 nr;

	for (i = 0; i < sizeof(denied) / sizeof(denied[0]); i++) {
		nr = seccomp_syscall_resolve_name(denied[i]);
		if (nr == __NR_SCMP_ERROR)
			continue;	/* not known here */
		if (WITH_ASAN && (strcmp(denied[i], "clone") == 0 ||
		    strncmp(denied[i], "open", 4) == 0 ||
		    strcmp(denied[i], "ptrace") == 0))
			continue;
		if ((errno = -seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), nr,
		    0)) != 0) {
			err_sys(e, "seccomp: %s", denied[i]);
			return -1;
		}
	}
	/*
	 * Nothing is to become a program any more, either; pkey_mprotect
	 * does what mprotect does, for nobody here.
	 */
	seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
	    SCMP_A1(SCMP_CMP_EQ, TIOCSTI, 0));
	return 0;
}

/*
 * The filter as a program for the kernel.  Made once, by the process that
 * forks the others: making it takes more time and memory than using it.
 */
static int
make_filter(struct sandbox *s, struct err *e)
{
	struct sock_filter	*code = NULL;
	scmp_filter_ctx		 ctx;
	ssize_t			 n;
	int			 p[2] = { -1, -1 }, rv = -1;

	if ((ctx = seccomp_init(SCMP_ACT_ALLOW)) == NULL ||
	    (code = malloc(FILTER_MAX)) == NULL) {
		err_nomem(e);
		goto out;
	}
	if (forbid(ctx, e) == -1)
		goto out;
	if (pipe2(p, O_CLOEXEC | O_NONBLOCK) == -1 ||
	    (errno = -seccomp_export_bpf(ctx, p[1])) != 0 ||
	    (n = read(p[0], code, FILTER_MAX)) <= 0 || n == FILTER_MAX) {
		err_sys(e, "seccomp");
		goto out;
	}
	s->filter = code;
	s->nfilter = (size_t)n / sizeof(*code);
	code = NULL;
	rv = 0;
 out:
	if (p[0] != -1) {
		close(p[0]);
		close(p[1]);
	}
	free(code);
	seccomp_release(ctx);
	return rv;
}

static int
lock_calls(const struct sandbox *s, struct err *e)
{
	struct sock_fprog	 prog;

	prog.len = (unsigned short)s->nfilter;
	prog.filter = s->filter;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == -1) {
		err_sys(e, "seccomp");
		return -1;
	}
	return 0;
}
#endif

int
sandbox_enter(const struct sandbox *s, int flags, struct err *e)
{
	if (!s->on)
		return 0;
	if (become(s, e) == -1 ||
	    limit(RLIMIT_CORE, "core", 0, e) == -1 ||
	    limit(RLIMIT_NPROC, "nproc", 0, e) == -1)
		return -1;
	if (!(flags & SANDBOX_FILES) && !WITH_ASAN &&
	    limit(RLIMIT_FSIZE, "fsize", 0, e) == -1)
		return -1;
#if defined(__OpenBSD__)
	if (unveil(NULL, NULL) == -1 || pledge("stdio inet recvfd", NULL) ==
	    -1) {
		err_sys(e, "pledge");
		return -1;
	}
#elif defined(__linux__)
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) {
		err_sys(e, "no_new_privs");
		return -1;
	}
	if (!WITH_ASAN && lock_files(e) == -1)
		return -1;
	if (lock_calls(s, e) == -1)
		return -1;
#endif
	return 0;
}
