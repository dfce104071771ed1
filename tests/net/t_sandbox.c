/* SPDX-License-Identifier: ISC */
/* What a locked process cannot do, and what it still can: on any machine. */
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>

#include "base/err.h"
#include "base/sandbox.h"
#include "lib/test.h"

/* Each tries what a locked process must not do: 0 when it worked. */
static int
try_open(void)
{
	int	 fd = open("/etc/passwd", O_RDONLY);

	return fd == -1 ? -1 : 0;
}
static int
try_open_root(void)
{
	return open("/", O_RDONLY | O_DIRECTORY) == -1 ? -1 : 0;
}
static int
try_create(void)
{
	return open("made-by-test", O_WRONLY | O_CREAT, 0600) == -1 ? -1 : 0;
}
static int
try_exec(void)
{
	char	*const argv[] = { (char *)(uintptr_t)"/bin/true", NULL };

	return execve("/bin/true", argv, argv + 1);
}
static int
try_fork(void)
{
	pid_t	 pid = fork();

	if (pid == 0)
		_exit(0);
	return pid == -1 ? -1 : 0;
}
static int
try_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) == -1 ? -1 : 0;
}
static int
try_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0) == -1 ? -1 : 0;
}
static int	 spare = -1;		/* made before the lock */
static int
try_connect(void)
{
	struct sockaddr_in	 sin;

	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_port = htons(1);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(spare, (struct sockaddr *)&sin, sizeof(sin)) == 0)
		return 0;
	return errno == ECONNREFUSED ? 0 : -1;
}
static int
try_listen(void)
{
	return listen(spare, 1);
}
static int
try_kill(void)
{
	return kill(getppid(), 0);
}
static int
try_tgkill(void)
{
	return (int)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 0);
}
static int
try_own(void)
{
	return fcntl(spare, F_SETOWN, getppid());
}
static int
try_async(void)
{
	int	 on = 1;

	return ioctl(spare, FIOASYNC, &on);
}
static int
try_shutdown(void)
{
	return shutdown(spare, SHUT_WR) == 0 || errno == ENOTCONN ? 0 : -1;
}
static int
try_option(void)
{
	struct linger	 now = { 1, 0 };

	return setsockopt(spare, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}
/* Connecting by the way: the flag, then an address. */
static int
send_to(int flags, int addressed)
{
	struct sockaddr_in	 sin;

	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_port = htons(1);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (sendto(spare, "x", 1, flags | MSG_NOSIGNAL, addressed ?
	    (struct sockaddr *)&sin : NULL, addressed ? sizeof(sin) : 0) == 1)
		return 0;
	return errno == EPERM ? -1 : 0;
}
static int
try_fastopen(void)
{
	return send_to(MSG_FASTOPEN, 1);
}
static int
try_address(void)
{
	return send_to(0, 1);
}
static int
try_flag(void)
{
	return send_to(MSG_FASTOPEN, 0);
}
static int
try_sendmsg(void)
{
	struct msghdr	 msg;

	memset(&msg, 0, sizeof(msg));
	return sendmsg(spare, &msg, MSG_NOSIGNAL) == -1 && errno == EPERM ?
	    -1 : 0;
}
static int
try_recvmsg(void)
{
	struct msghdr	 msg;

	memset(&msg, 0, sizeof(msg));
	return recvmsg(spare, &msg, MSG_DONTWAIT) == -1 && errno == EPERM ?
	    -1 : 0;
}
static int
try_dup(void)
{
	return dup(spare) == -1 ? -1 : 0;
}
static int
try_mkdir(void)
{
	return mkdir("made-by-test", 0700);
}
static int
try_unlink(void)
{
	unlink("/nowhere/at/all");
	return errno == EPERM ? -1 : 0;
}
static int
try_setuid(void)
{
	return setuid(getuid());
}
static int
try_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE |
	    MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}
static int
try_pkey(void)
{
	void	*p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0);
	int	 rv = (int)syscall(SYS_pkey_mprotect, p, 4096,
		    PROT_READ | PROT_EXEC, -1);

	if (rv == -1 && errno == ENOSYS)
		errno = EPERM;		/* a kernel without it, too, is safe */
	return rv;
}
static int
try_rlimit(void)
{
	struct rlimit	 rl = { 10, 10 };

	return setrlimit(RLIMIT_NPROC, &rl);
}

static const struct {
	const char	*name;
	int		(*f)(void);
	int		 asan;		/* also refused with AddressSanitizer */
} tries[] = {
	{ "open", try_open, 0 }, { "open /", try_open_root, 0 },
	{ "create", try_create, 0 }, { "exec", try_exec, 1 },
	{ "fork", try_fork, 0 }, { "socket", try_socket, 1 },
	{ "unix socket", try_unix, 1 }, { "connect", try_connect, 1 },
	{ "listen", try_listen, 1 }, { "kill", try_kill, 1 },
	{ "tgkill", try_tgkill, 0 }, { "pkey_mprotect", try_pkey, 1 },
	{ "mkdir", try_mkdir, 1 }, { "unlink", try_unlink, 1 },
	{ "setuid", try_setuid, 1 }, { "code", try_code, 0 },
	{ "rlimit", try_rlimit, 0 }, { "F_SETOWN", try_own, 1 },
	{ "FIOASYNC", try_async, 0 }, { "shutdown", try_shutdown, 1 },
	{ "SO_LINGER", try_option, 1 }, { "MSG_FASTOPEN", try_fastopen, 1 },
	{ "an address", try_address, 1 }, { "the flag", try_flag, 1 },
	{ "sendmsg", try_sendmsg, 1 }, { "recvmsg", try_recvmsg, 1 },
	{ "dup", try_dup, 0 },
};

/* Does f work in a child that is locked up, or not? */
static int
works(int (*f)(void), int locked)
{
	struct sandbox		 box;
	struct sandbox_fds	 fds = { 0, -1, -1, NULL, 0 };
	struct err		 e;
	char			 warn[256];
	int			 status;
	pid_t			 pid;

	if ((pid = fork()) == 0) {
		if (chdir("/tmp") == -1)
			_exit(3);
		spare = socket(AF_INET, SOCK_STREAM, 0);
		fds.first = spare + 1;
		signal(SIGXFSZ, SIG_IGN);
		if (locked && (sandbox_prepare(&box, NULL, warn,
		    sizeof(warn), &e) == -1 ||
		    sandbox_enter(&box, SANDBOX_WORKER, &fds, &e) == -1))
			_exit(3);
		errno = 0;
		_exit(f() == -1 ? 1 : 0);
	}
	waitpid(pid, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		fail_msg("status %x", (unsigned)status);
	return WEXITSTATUS(status) == 0;
}

static void
refused(void **state)
{
	size_t	 i;

	(void)state;
	for (i = 0; i < N(tries); i++) {
		if (WITH_ASAN && !tries[i].asan)
			continue;
		if (works(tries[i].f, 1))
			fail_msg("%s works when locked", tries[i].name);
	}
	unlink("/tmp/made-by-test");
	rmdir("/tmp/made-by-test");
}

/* The same do work outside, or the test above would prove nothing. */
static void
control(void **state)
{
	size_t	 i;

	(void)state;
	for (i = 0; i < N(tries); i++) {
		if (!works(tries[i].f, 0))
			fail_msg("%s does not work at all", tries[i].name);
		unlink("/tmp/made-by-test");
		rmdir("/tmp/made-by-test");
	}
}

static int	 file = -1;		/* open before the lock */

static int
write_file(void)
{
	return write(file, "x", 1) == 1 ? 0 : -1;
}

static int
use_memory(void)
{
	char	*p = malloc(8 << 20);

	if (p == NULL)
		return -1;
	memset(p, 1, 8 << 20);
	free(p);
	return 0;
}

/* A file that came in is looked at, and cannot be changed. */
static int
map_to_read(void)
{
	return mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED ?
	    -1 : 0;
}
static int
map_to_write(void)
{
	return mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) ==
	    MAP_FAILED ? -1 : 0;
}

/* 0: it ended by SIGABRT, which the master can tell. */
static int
aborts(int locked)
{
	struct sandbox		 box;
	struct sandbox_fds	 fds = { 3, -1, -1, NULL, 0 };
	struct err		 e;
	char			 warn[256];
	int			 status;
	pid_t			 pid;

	if ((pid = fork()) == 0) {
		signal(SIGABRT, SIG_DFL);	/* cmocka has its own */
		if (locked && (sandbox_prepare(&box, NULL, warn,
		    sizeof(warn), &e) == -1 ||
		    sandbox_enter(&box, SANDBOX_WORKER, &fds, &e) == -1))
			_exit(3);
		abort();
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? 0 : -1;
}

static void
allowed(void **state)
{
	char	 path[] = "/tmp/apeng-t-XXXXXX";

	(void)state;
	assert_true((file = mkstemp(path)) != -1);
	assert_true(works(use_memory, 1));
	assert_true(works(write_file, 0));
	if (!WITH_ASAN)
		assert_false(works(write_file, 1));
	assert_true(works(map_to_read, 1));
	assert_true(works(map_to_write, 0));
	if (!WITH_ASAN)
		assert_false(works(map_to_write, 1));
	if (!WITH_ASAN)
		assert_int_equal(aborts(1), 0);
	close(file);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused), cmocka_unit_test(control),
		cmocka_unit_test(allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
