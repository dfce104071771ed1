/* SPDX-License-Identifier: ISC */
/*
 * A process that waits lets the code that it has mapped leave memory.  The
 * kernel reads it again from the file when it is needed.  Code that was changed
 * when it was loaded is kept, because the file does not have the changes.
 */
#include "base/rest.h"

#ifdef __linux__
#include <sys/mman.h>

#include <link.h>
#include <stdint.h>
#include <unistd.h>

static int	 has_textrel(const struct dl_phdr_info *);
static int	 rest_object(struct dl_phdr_info *, size_t, void *);

/* 1: code was relocated in place; read again, it would lack the changes. */
static int
has_textrel(const struct dl_phdr_info *o)
{
	const ElfW(Dyn)	*d;
	int		 i;

	for (i = 0; i < o->dlpi_phnum; i++) {
		if (o->dlpi_phdr[i].p_type != PT_DYNAMIC)
			continue;
		d = (const ElfW(Dyn) *)(uintptr_t)(o->dlpi_addr +
		    o->dlpi_phdr[i].p_vaddr);
		for (; d->d_tag != DT_NULL; d++)
			if (d->d_tag == DT_TEXTREL || (d->d_tag == DT_FLAGS &&
			    (d->d_un.d_val & DF_TEXTREL)))
				return 1;
	}
	return 0;
}

static int
rest_object(struct dl_phdr_info *o, size_t size, void *arg)
{
	const ElfW(Phdr)	*p;
	const uintptr_t		 page = *(uintptr_t *)arg;
	uintptr_t		 from, to;
	int			 i;

	(void)size;
	if (has_textrel(o))
		return 0;
	for (i = 0; i < o->dlpi_phnum; i++) {
		p = &o->dlpi_phdr[i];
		if (p->p_type != PT_LOAD || (p->p_flags & PF_W))
			continue;
		from = (o->dlpi_addr + p->p_vaddr + page - 1) / page * page;
		to = (o->dlpi_addr + p->p_vaddr + p->p_filesz) / page * page;
		if (from < to)
			(void)madvise((void *)from, to - from, MADV_DONTNEED);
	}
	return 0;
}

void
rest_code(void)
{
	uintptr_t	 page = (uintptr_t)sysconf(_SC_PAGESIZE);

	dl_iterate_phdr(rest_object, &page);
}

#else

void
rest_code(void)
{
}

#endif
