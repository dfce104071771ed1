/* SPDX-License-Identifier: ISC */
/*
 * The table of protocols: for each its name, its usual port, its limits and the
 * functions that answer.
 *
 * It is data alone.  Whoever handles a connection looks here and never asks
 * which protocol it is.
 */
#include "serve/answer.h"
#include "serve/protocol.h"

#define BRIEF_MS	10000		/* programs send the request */
#define TYPING_MS	60000		/* people type the request */

const struct protocol	 protocol_rows[PROTO_N] = {
	[PROTO_GEMINI] = { "gemini", GEMINI_PORT, 1, 1, BRIEF_MS,
	    GEMINI_URL_MAX + 2, "\n", answer_gemini, busy_gemini, shown_gemini },
	[PROTO_GOPHER] = { "gopher", 7070 /* 70 needs root */, 1, 0,
	    TYPING_MS, GOPHER_REQ_MAX + 2, "\n", answer_gopher,
	    busy_gopher, shown_gopher },
	[PROTO_SPARTAN] = { "spartan", SPARTAN_PORT, 0, 0, BRIEF_MS,
	    SPARTAN_LINE_MAX + 2 + SPARTAN_DATA_MAX, "\n",
	    answer_spartan, busy_spartan, shown_spartan },
	[PROTO_HTTP] = { "http", 8080 /* 80 needs root */, 0, 0, BRIEF_MS,
	    HTTP_HEAD_MAX, "\r\n\r\n", answer_http, busy_http, shown_http },
	[PROTO_HTTPS] = { "https", 8443, 0, 1, BRIEF_MS, HTTP_HEAD_MAX,
	    "\r\n\r\n", answer_https, busy_http, shown_http },
};
