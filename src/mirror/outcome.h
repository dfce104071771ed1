/* SPDX-License-Identifier: ISC */
/* How a question to a source ended. */
#ifndef MIRROR_OUTCOME_H
#define MIRROR_OUTCOME_H

enum fetch {
	FETCH_WHOLE,		/* the job's blob is there */
	FETCH_NOTHING,		/* nothing is new */
	FETCH_AGAIN,		/* ask the same source at once */
	FETCH_CUT,		/* the line failed, see e */
	FETCH_SLOW,		/* too slow to wait for, see e */
	FETCH_REFUSED,		/* the source's answer is bad, see e */
	FETCH_STOP		/* no source can help, see e */
};

#endif
