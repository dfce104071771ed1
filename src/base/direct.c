/* SPDX-License-Identifier: ISC */
/*
 * Socket calls for i386 and s390x, where libc makes them by socketcall(2),
 * which kernels before Linux 4.3 needed.  That call passes its arguments by a
 * pointer, which a filter of system calls cannot follow (filter.c), so a locked
 * process is not allowed to make it.  The functions here replace libc's in the
 * whole program and make each call by its own number.  They are the ones that a
 * worker, signer, logger or opener uses; on other machines there are none.
 */
#ifdef __linux__
#include <sys/syscall.h>
#endif

#if defined(__linux__) && (defined(__i386__) || defined(__s390x__))
#include <sys/socket.h>

#include <unistd.h>

ssize_t	 __recv_chk(int, void *, size_t, size_t, int);

ssize_t
send(int fd, const void *data, size_t n, int flags)
{
	return syscall(SYS_sendto, fd, data, n, flags, NULL, 0);
}

ssize_t
recv(int fd, void *data, size_t n, int flags)
{
	return syscall(SYS_recvfrom, fd, data, n, flags, NULL, NULL);
}

/* The compiler calls this instead of recv() when it checks buffer sizes. */
ssize_t
__recv_chk(int fd, void *data, size_t n, size_t room, int flags)
{
	if (n > room)
		__builtin_trap();
	return syscall(SYS_recvfrom, fd, data, n, flags, NULL, NULL);
}

ssize_t
recvmsg(int fd, struct msghdr *msg, int flags)
{
	return syscall(SYS_recvmsg, fd, msg, flags);
}

ssize_t
sendmsg(int fd, const struct msghdr *msg, int flags)
{
	return syscall(SYS_sendmsg, fd, msg, flags);
}

int
accept4(int fd, struct sockaddr *sa, socklen_t *len, int flags)
{
	return (int)syscall(SYS_accept4, fd, sa, len, flags);
}

int
shutdown(int fd, int how)
{
	return (int)syscall(SYS_shutdown, fd, how);
}

int
getsockname(int fd, struct sockaddr *sa, socklen_t *len)
{
	return (int)syscall(SYS_getsockname, fd, sa, len);
}

int
getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
	return (int)syscall(SYS_getsockopt, fd, level, name, value, len);
}

int
setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
	return (int)syscall(SYS_setsockopt, fd, level, name, value, len);
}
#else
typedef int	 none_needed;		/* a file must hold something */
#endif
