/* SPDX-License-Identifier: ISC */
/*
 * The system calls of a locked process, as a program that the kernel runs at
 * each call (seccomp).
 *
 * It is a list of what is allowed, with the arguments that are in use.  A list
 * of what is denied is never complete, and an attacker looks for what it leaves
 * out (F_SETOWN, MSG_FASTOPEN, shutdown() of a socket that others share).
 * But a new libc may make a call that the list does not have.  So
 * calls that are newer than Linux 5.1 answer ENOSYS, as an older kernel does,
 * and libc goes on with an older one; all others answer EPERM.
 *
 * The program is written here and not by libseccomp.  A filter sees numbers,
 * not the memory that a pointer names, and on i386 and s390x libc makes socket
 * calls with a pointer (socketcall).  direct.c avoids that call, so that it
 * need not be allowed; libseccomp would allow it with each socket call.
 *
 * The kernel answers calls without checks from a table (since Linux 5.11), so
 * they cost nothing.  The program therefore looks for the other calls first.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/filter.h"

#ifdef __linux__
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <endian.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>

#if defined(__x86_64__)
#define MACHINE		AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define MACHINE		AUDIT_ARCH_I386
#elif defined(__aarch64__)
#define MACHINE		AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define MACHINE		AUDIT_ARCH_ARM
#elif defined(__s390x__)
#define MACHINE		AUDIT_ARCH_S390X
#elif defined(__riscv)
#define MACHINE		AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && __BYTE_ORDER == __LITTLE_ENDIAN
#define MACHINE		AUDIT_ARCH_PPC64LE
#elif defined(__mips64) && __BYTE_ORDER == __LITTLE_ENDIAN
#define MACHINE		AUDIT_ARCH_MIPSEL64
#elif defined(__loongarch64)
#define MACHINE		AUDIT_ARCH_LOONGARCH64
#else
#error "this machine's AUDIT_ARCH_ (linux/audit.h) is missing here"
#endif

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS	0x80000000U
#endif
#ifndef __NR_Linux
#define __NR_Linux	0		/* where numbers begin; MIPS has some */
#endif
#define NEWER		(__NR_Linux + 424)	/* the first of Linux 5.1 */

/* Calls that not every machine has. */
#define NONE		(-1)
#ifndef SYS_clock_gettime64
#define SYS_clock_gettime64	NONE
#endif
#ifndef SYS_epoll_wait
#define SYS_epoll_wait	NONE
#endif
#ifndef SYS_futex
#define SYS_futex	NONE
#endif
#ifndef SYS_futex_time64
#define SYS_futex_time64	NONE
#endif
#ifndef SYS_gettimeofday
#define SYS_gettimeofday	NONE
#endif
#ifndef SYS_clock_gettime
#define SYS_clock_gettime	NONE
#endif
#ifndef SYS_mmap
#define SYS_mmap	NONE
#endif
#ifndef SYS_mmap2
#define SYS_mmap2	NONE
#endif
#ifndef SYS_poll
#define SYS_poll	NONE
#endif
#ifndef SYS_ppoll
#define SYS_ppoll	NONE
#endif
#ifndef SYS_ppoll_time64
#define SYS_ppoll_time64	NONE
#endif
#ifndef SYS_recv
#define SYS_recv	NONE
#endif
#ifndef SYS_send
#define SYS_send	NONE
#endif
#ifndef SYS_fstat
#define SYS_fstat	NONE
#endif
#ifndef SYS_newfstatat
#define SYS_newfstatat	NONE
#endif
#ifndef SYS_unlink
#define SYS_unlink	NONE
#endif
#ifndef SYS_fcntl
#define SYS_fcntl	NONE
#endif
#ifndef SYS_fcntl64		/* those with a 64 are for 32 bits */
#define SYS_fcntl64	NONE
#endif
#ifndef SYS_fstat64
#define SYS_fstat64	NONE
#endif
#ifndef SYS_fstatat64
#define SYS_fstatat64	NONE
#endif
#ifndef SYS__llseek
#define SYS__llseek	NONE
#endif
#ifndef SYS_statx
#define SYS_statx	NONE
#endif
#ifndef SYS_sigreturn
#define SYS_sigreturn	NONE
#endif
#ifndef SYS_time
#define SYS_time	NONE
#endif

#define W	(1U << SANDBOX_WORKER)
#define S	(1U << SANDBOX_SIGNER)
#define L	(1U << SANDBOX_LOGGER)
#define O	(1U << SANDBOX_OPENER)
#define ALL	(W | S | L | O)

enum how {
	END,			/* no more checks */
	IS,			/* the argument is this value */
	HAS,			/* it has this bit */
	WITHIN,			/* it has no other bit than these */
	NIL,			/* it is a null pointer */
	OWN,			/* a descriptor that was made after the lock */
	LINE,			/* the socket to the master */
	FILES,			/* the socket to the opener */
	SELF			/* this process */
};

struct filter_check {
	uint8_t		 how, arg;
	uint32_t	 value;
};

struct rule {
	unsigned	 who;
	int		 nr;
	struct filter_check	 check[3];	/* all must hold */
};

#define RW		(PROT_READ | PROT_WRITE)
#define SEND_FLAGS	(MSG_NOSIGNAL | MSG_DONTWAIT | MSG_MORE)
#define FRESH		(SOCK_NONBLOCK | SOCK_CLOEXEC)

/*
 * When a call has several lines, one of them must hold.  A process that is no
 * opener gets a new descriptor only by accept4(), and by recvmsg() on the
 * sockets to the master and to the opener.
 */
static const struct rule	 rules[] = {
	/* Only data without an address: with one, sendto() may connect. */
	{ ALL, SYS_sendto, { { NIL, 4, 0 }, { WITHIN, 3, SEND_FLAGS } } },
	{ ALL, SYS_send, { { WITHIN, 3, SEND_FLAGS } } },
	{ ALL, SYS_recvfrom, { { NIL, 4, 0 } } },
	{ W, SYS_accept4, { { IS, 3, FRESH } } },
	/* Other processes share the descriptors from before the lock. */
	{ W, SYS_shutdown, { { OWN, 0, 0 }, { IS, 1, SHUT_WR } } },
	{ W, SYS_setsockopt, { { OWN, 0, 0 }, { IS, 1, IPPROTO_TCP },
	    { IS, 2, TCP_QUICKACK } } },
	{ W, SYS_setsockopt, { { OWN, 0, 0 }, { IS, 1, SOL_SOCKET },
	    { IS, 2, SO_LINGER } } },
	{ W, SYS_getsockopt, { { IS, 1, IPPROTO_TCP }, { IS, 2, TCP_INFO } } },
	{ W, SYS_ioctl, { { IS, 1, SIOCOUTQ } } },
	{ W, SYS_epoll_pwait, { { NIL, 4, 0 } } },
	{ ALL, SYS_ppoll, { { NIL, 3, 0 } } },
	{ ALL, SYS_ppoll_time64, { { NIL, 3, 0 } } },
	{ W | S, SYS_recvmsg, { { LINE, 0, 0 } } },
	{ W, SYS_recvmsg, { { FILES, 0, 0 } } },
	/*
	 * The opener: files are opened, copied and handed over.  It starts no
	 * program, makes no socket and signals nobody.
	 */
	{ O, SYS_recvmsg, { { END, 0, 0 } } },
	{ O, SYS_sendmsg, { { WITHIN, 2, SEND_FLAGS } } },
	{ O, SYS_openat, { { END, 0, 0 } } },
	{ O, SYS_read, { { END, 0, 0 } } },
	{ O, SYS_pread64, { { END, 0, 0 } } },
	{ O, SYS_write, { { END, 0, 0 } } },
	{ O, SYS_writev, { { END, 0, 0 } } },
	{ O, SYS_fstat, { { END, 0, 0 } } },
	{ O, SYS_newfstatat, { { END, 0, 0 } } },
	{ O, SYS_unlinkat, { { END, 0, 0 } } },
	{ O, SYS_unlink, { { END, 0, 0 } } },
	{ O, SYS_lseek, { { END, 0, 0 } } },
	{ O, SYS_memfd_create, { { END, 0, 0 } } },
	{ O, SYS_fcntl, { { IS, 1, F_ADD_SEALS } } },
	{ O, SYS_fcntl, { { IS, 1, F_DUPFD_CLOEXEC } } },
	{ O, SYS_fcntl64, { { IS, 1, F_ADD_SEALS } } },
	{ O, SYS_fcntl64, { { IS, 1, F_DUPFD_CLOEXEC } } },
	{ O, SYS_fstat64, { { END, 0, 0 } } },
	{ O, SYS_fstatat64, { { END, 0, 0 } } },
	{ O, SYS_statx, { { END, 0, 0 } } },
	{ O, SYS__llseek, { { END, 0, 0 } } },
	{ O, SYS_mmap2, { { WITHIN, 2, PROT_READ } } },
	{ W | S, SYS_write, { { IS, 0, STDERR_FILENO } } },
	{ W | S, SYS_writev, { { IS, 0, STDERR_FILENO } } },
	/* Memory that cannot be executed, and files only for reading. */
#ifdef __s390x__
	{ ALL, SYS_mmap, { { END, 0, 0 } } },	/* arguments by a pointer */
#elif !defined(__i386__)
	{ ALL, SYS_mmap, { { HAS, 3, MAP_ANONYMOUS }, { WITHIN, 2, RW } } },
	{ W | O, SYS_mmap, { { WITHIN, 2, PROT_READ } } },
#endif
	{ ALL, SYS_mmap2, { { HAS, 3, MAP_ANONYMOUS }, { WITHIN, 2, RW } } },
	{ W, SYS_mmap2, { { WITHIN, 2, PROT_READ } } },
	{ ALL, SYS_mprotect, { { WITHIN, 2, RW } } },
	{ ALL, SYS_madvise, { { IS, 2, MADV_DONTNEED } } },
	{ ALL, SYS_madvise, { { IS, 2, MADV_FREE } } },
	/* abort() */
	{ ALL, SYS_tgkill, { { SELF, 0, 0 }, { IS, 2, SIGABRT } } },
	/* These calls may have any arguments. */
	{ W, SYS_epoll_wait, { { END, 0, 0 } } },
	{ W, SYS_epoll_ctl, { { END, 0, 0 } } },
	{ W, SYS_getsockname, { { END, 0, 0 } } },
	{ W, SYS_sysinfo, { { END, 0, 0 } } },	/* qsort() of glibc */
	{ L, SYS_write, { { END, 0, 0 } } },
	{ ALL, SYS_recv, { { END, 0, 0 } } },
	{ ALL, SYS_close, { { END, 0, 0 } } },
	{ ALL, SYS_poll, { { END, 0, 0 } } },
	{ ALL, SYS_clock_gettime, { { END, 0, 0 } } },
	{ ALL, SYS_clock_gettime64, { { END, 0, 0 } } },
	{ ALL, SYS_gettimeofday, { { END, 0, 0 } } },
	{ ALL, SYS_time, { { END, 0, 0 } } },
	{ ALL, SYS_getrandom, { { END, 0, 0 } } },
	{ ALL, SYS_getpid, { { END, 0, 0 } } },
	{ ALL, SYS_gettid, { { END, 0, 0 } } },
	{ ALL, SYS_brk, { { END, 0, 0 } } },
	{ ALL, SYS_munmap, { { END, 0, 0 } } },
	{ ALL, SYS_mremap, { { END, 0, 0 } } },
	{ ALL, SYS_futex, { { END, 0, 0 } } },
	{ ALL, SYS_futex_time64, { { END, 0, 0 } } },
	{ ALL, SYS_sched_yield, { { END, 0, 0 } } },
	{ ALL, SYS_rt_sigprocmask, { { END, 0, 0 } } },
	{ ALL, SYS_rt_sigreturn, { { END, 0, 0 } } },
	{ ALL, SYS_sigreturn, { { END, 0, 0 } } },
	{ ALL, SYS_restart_syscall, { { END, 0, 0 } } },
	{ ALL, SYS_exit, { { END, 0, 0 } } },
	{ ALL, SYS_exit_group, { { END, 0, 0 } } },
};

/*
 * AddressSanitizer writes reports to files, reads /proc, looks at its own stack
 * and maps memory in other ways.  A build with it is only for tests, so these
 * calls are allowed there.
 */
static const int	 sanitizer[] = {
#if SANDBOX_WITH_ASAN
	SYS_clone, SYS_dup, SYS_fstat, SYS_getcwd, SYS_getppid, SYS_getrlimit,
	SYS_ioctl, SYS_lseek, SYS_madvise, SYS_membarrier, SYS_mmap,
	SYS_munlock, SYS_nanosleep, SYS_newfstatat, SYS_openat, SYS_prctl,
	SYS_pread64, SYS_prlimit64, SYS_ptrace, SYS_read, SYS_readlinkat,
	SYS_rt_sigaction, SYS_sched_getaffinity, SYS_set_robust_list,
	SYS_sigaltstack, SYS_tgkill, SYS_uname, SYS_wait4, SYS_write,
	SYS_writev,
#ifdef SYS_open
	SYS_open, SYS_readlink, SYS_stat,
#endif
#endif
	NONE
};

#define CODE_MAX	512		/* the kernel takes 4096 */
#define FAIL		255		/* a jump to the end of its rule */
#define VALUE(x)	offsetof(struct seccomp_data, x)
#if __BYTE_ORDER == __LITTLE_ENDIAN
#define LOW(arg)	(VALUE(args) + 8 * (arg))
#define HIGH(arg)	(LOW(arg) + 4)
#else
#define HIGH(arg)	(VALUE(args) + 8 * (arg))
#define LOW(arg)	(HIGH(arg) + 4)
#endif

struct program {
	struct sock_filter	 code[CODE_MAX];
	size_t			 n;
	int			 has_nr;	/* the number is loaded */
};

static void	 put(struct program *, unsigned, size_t, unsigned, unsigned);
static void	 add_check(struct program *, const struct filter_check *,
		    const struct sandbox_fds *);
static void	 add_rule(struct program *, int, const struct filter_check *,
		    size_t, const struct sandbox_fds *);
static void	 write_program(struct program *, enum sandbox_role,
		    const struct sandbox_fds *);

static void
put(struct program *p, unsigned code, size_t k, unsigned yes, unsigned no)
{
	struct sock_filter	*f;

	if (p->n == CODE_MAX)
		abort();		/* our mistake: the tables are fixed */
	f = &p->code[p->n++];
	f->code = (uint16_t)code;
	f->k = (uint32_t)k;
	f->jt = (uint8_t)yes;
	f->jf = (uint8_t)no;
}

/* Integers are 32 bits for the kernel, too; only pointers have more. */
static void
add_check(struct program *p, const struct filter_check *c,
    const struct sandbox_fds *fds)
{
	put(p, BPF_LD | BPF_W | BPF_ABS, LOW(c->arg), 0, 0);
	switch (c->how) {
	case HAS:
		put(p, BPF_JMP | BPF_JSET | BPF_K, c->value, 0, FAIL);
		break;
	case WITHIN:
		put(p, BPF_JMP | BPF_JSET | BPF_K, ~c->value, FAIL, 0);
		break;
	case NIL:
		put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, FAIL);
		put(p, BPF_LD | BPF_W | BPF_ABS, HIGH(c->arg), 0, 0);
		put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, FAIL);
		break;
	case OWN:
		put(p, BPF_JMP | BPF_JGE | BPF_K, (uint32_t)fds->first, 0,
		    FAIL);
		break;
	case LINE:
		put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)fds->line, 0,
		    FAIL);
		break;
	case FILES:
		put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)fds->files, 0,
		    FAIL);
		break;
	case SELF:
		put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0,
		    FAIL);
		break;
	default:
		put(p, BPF_JMP | BPF_JEQ | BPF_K, c->value, 0, FAIL);
	}
}

static void
add_rule(struct program *p, int nr, const struct filter_check *check, size_t n,
    const struct sandbox_fds *fds)
{
	size_t	 i, start;

	if (!p->has_nr)
		put(p, BPF_LD | BPF_W | BPF_ABS, VALUE(nr), 0, 0);
	p->has_nr = 1;
	start = p->n;
	put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, FAIL);
	for (i = 0; i < n && check[i].how != END; i++) {
		add_check(p, &check[i], fds);
		p->has_nr = 0;
	}
	put(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	for (i = start; i < p->n; i++) {
		if (p->code[i].jt == FAIL)
			p->code[i].jt = (uint8_t)(p->n - i - 1);
		if (p->code[i].jf == FAIL)
			p->code[i].jf = (uint8_t)(p->n - i - 1);
	}
}

static void
write_program(struct program *p, enum sandbox_role role,
    const struct sandbox_fds *fds)
{
	size_t	 i;

	memset(p, 0, sizeof(*p));
	/* Calls for another kind of machine have other numbers. */
	put(p, BPF_LD | BPF_W | BPF_ABS, VALUE(arch), 0, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
	put(p, BPF_LD | BPF_W | BPF_ABS, VALUE(nr), 0, 0);
	put(p, BPF_JMP | BPF_JGE | BPF_K, NEWER, 0, 1);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS, 0, 0);
	p->has_nr = 1;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].nr != NONE && (rules[i].who & (1U << role)))
			add_rule(p, rules[i].nr, rules[i].check, 3, fds);
	for (i = 0; sanitizer[i] != NONE; i++)
		add_rule(p, sanitizer[i], NULL, 0, fds);
	put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
}

int
filter_enter(enum sandbox_role role, const struct sandbox_fds *fds,
    struct err *e)
{
	struct program		*p;
	struct sock_fprog	 prog;
	int			 rv = 0;

	if ((p = malloc(sizeof(*p))) == NULL) {
		err_nomem(e);
		return -1;
	}
	write_program(p, role, fds);
	prog.len = (unsigned short)p->n;
	prog.filter = p->code;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == -1) {
		err_sys(e, "seccomp");
		rv = -1;
	}
	free(p);
	return rv;
}

#else

int
filter_enter(enum sandbox_role role, const struct sandbox_fds *fds,
    struct err *e)
{
	(void)role, (void)fds, (void)e;
	return 0;
}
#endif
