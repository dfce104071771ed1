/* SPDX-License-Identifier: ISC */
/* Contacts: the block, and its cards of data/contacts.vcf. */
#ifndef RENDER_CONTACTS_H
#define RENDER_CONTACTS_H

struct block;
struct pen;

void	contacts_write(const struct pen *, const struct block *);
void	contacts_cards(const struct pen *, const struct block *);

#endif
