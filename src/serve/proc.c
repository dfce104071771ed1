/* SPDX-License-Identifier: ISC */
/*
 * How the processes of a server are made and how they talk: fork with only the
 * descriptors that the child may have, and messages with descriptors in them
 * over a socket pair.
 *
 * A message is whole or not there (SOCK_SEQPACKET).  A child leaves signals to
 * the master.  Nothing is trusted about the other end: more descriptors than
 * were asked for are closed.
 */
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fds.h"
#include "serve/proc.h"

static void
quiet_signals(void)
{
	static const int	 ignored[] = { SIGTERM, SIGINT, SIGHUP,
				    SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM,
				    SIGXFSZ };
	sigset_t		 none;
	size_t			 i;

	for (i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

pid_t
proc_fork(const int *keep, size_t n, struct err *e)
{
	pid_t	 pid;
	int	 null;

	fflush(NULL);
	if ((pid = fork()) == -1) {
		err_sys(e, "fork");
		return -1;
	}
	if (pid != 0)
		return pid;
	if ((null = open("/dev/null", O_RDWR)) != -1) {
		dup2(null, 0);
		dup2(null, 1);
	}
	fds_close_others(keep, n);
	quiet_signals();
	return 0;
}

int
proc_pair(int pair[2], struct err *e)
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) ==
	    -1) {
		err_sys(e, "socketpair");
		return -1;
	}
	return 0;
}

/* The memory for a message's descriptors, aligned for its header. */
union control {
	struct cmsghdr	 align;
	char		 room[CMSG_SPACE(PROC_FDS * sizeof(int))];
};

int
proc_send_fds(int line, const void *data, size_t n, const int *fd,
    size_t nfd, int flags)
{
	union control	 control;
	struct msghdr	 msg;
	struct iovec	 iov;
	struct cmsghdr	*cm;
	ssize_t		 w;

	assert(nfd <= PROC_FDS);
	memset(&msg, 0, sizeof(msg));
	memset(&control, 0, sizeof(control));
	iov.iov_base = (void *)(uintptr_t)data;
	iov.iov_len = n;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	if (nfd > 0) {
		msg.msg_control = control.room;
		msg.msg_controllen = CMSG_SPACE(nfd * sizeof(int));
		cm = CMSG_FIRSTHDR(&msg);
		cm->cmsg_level = SOL_SOCKET;
		cm->cmsg_type = SCM_RIGHTS;
		cm->cmsg_len = CMSG_LEN(nfd * sizeof(int));
		memcpy(CMSG_DATA(cm), fd, nfd * sizeof(int));
	}
	do
		w = sendmsg(line, &msg, MSG_NOSIGNAL | flags);
	while (w == -1 && errno == EINTR);
	return w == (ssize_t)n ? 0 : -1;
}

/*
 * Take the descriptors of one header; those for which fd has no place are
 * closed.
 */
static size_t
take_fds(struct cmsghdr *cm, int *fd, size_t nfd)
{
	size_t	 i, n = (cm->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	int	 got;

	for (i = 0; i < n; i++) {
		memcpy(&got, CMSG_DATA(cm) + i * sizeof(int), sizeof(int));
		if (i < nfd)
			fd[i] = got;
		else
			close(got);
	}
	return n < nfd ? n : nfd;
}

ssize_t
proc_recv_fds(int line, void *data, size_t n, int *fd, size_t nfd, int flags)
{
	union control	 control;
	struct msghdr	 msg;
	struct iovec	 iov;
	struct cmsghdr	*cm;
	size_t		 i, got = 0;
	ssize_t		 r;

	for (i = 0; i < nfd; i++)
		fd[i] = -1;
	memset(&msg, 0, sizeof(msg));
	iov.iov_base = data;
	iov.iov_len = n;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.room;
	msg.msg_controllen = sizeof(control.room);
	do
		r = recvmsg(line, &msg, MSG_CMSG_CLOEXEC | flags);
	while (r == -1 && errno == EINTR);
	if (r <= 0)
		return r;
	for (cm = CMSG_FIRSTHDR(&msg); cm != NULL; cm = CMSG_NXTHDR(&msg, cm))
		if (cm->cmsg_level == SOL_SOCKET &&
		    cm->cmsg_type == SCM_RIGHTS)
			got += take_fds(cm, fd + got, nfd - got);
	return r;
}

void
proc_how(int status, char *out, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(out, size, "signal %d (%s)", WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
	else
		snprintf(out, size, "exit status %d", WEXITSTATUS(status));
}
