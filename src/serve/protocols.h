/* SPDX-License-Identifier: ISC */
/* Which protocols there are. */
#ifndef SERVE_PROTOCOLS_H
#define SERVE_PROTOCOLS_H

/* Each has settings NAME.listen and NAME.public_port, and an option --NAME. */
#define PROTOCOLS(X)		\
	X(GEMINI, "gemini")	\
	X(GOPHER, "gopher")	\
	X(SPARTAN, "spartan")	\
	X(HTTP, "http")		\
	X(HTTPS, "https")

#define PROTOCOL_ENUM(id, name)	PROTO_##id,
enum proto { PROTOCOLS(PROTOCOL_ENUM) PROTO_N };

#endif
