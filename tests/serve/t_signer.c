/* SPDX-License-Identifier: ISC */
/* The signer, asked by honest workers and by one that somebody broke into. */
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>

#include "base/err.h"
#include "base/sandbox.h"
#include "lib/test.h"
#include "serve/signer.h"

#define DIGEST		32
#define QUESTIONS	100000		/* more than any socket holds */

static const char	 pem[] = "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtytCfioInp4nfYBy\n"
    "mEes9OPgSR0wjjl7tv1kxhp1gNChRANCAASOfN3IgZo8gTJvatiFn/REMeBZtfkS\n"
    "TEocZ7RgEi42Uy3YzJz4Vqru0K8lrIaboXTk7bI7jxSBU/Kt5CBftgk5\n"
    "-----END PRIVATE KEY-----\n";
static const struct sandbox	 open_box = { .on = 0, .root = -1 };

static struct signer
begin(void)
{
	char		 path[] = "/tmp/t_signer.XXXXXX";
	const char	*paths[] = { path };
	struct signer	 s;
	struct err	 e;
	int		 fd = mkstemp(path);

	assert_true(fd != -1);
	assert_int_equal(write(fd, pem, strlen(pem)), strlen(pem));
	close(fd);
	if (signer_start(&s, paths, 1, 0, &open_box, -1, &e) == -1)
		fail_msg("%s", e.msg);
	unlink(path);
	return s;
}

static void
end(struct signer *s)
{
	int	 status;

	signer_leave(s);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_int_equal(status, 0);
}

static void
signs(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 in[DIGEST] = { 7 }, out[KEY_MESSAGE_MAX];

	(void)state;
	assert_true(signer_ask(&l, 0, KEY_ECDSA, in, DIGEST, out) > 60);
	assert_int_equal(signer_ask(&l, 1, KEY_ECDSA, in, DIGEST, out), -1);
	assert_int_equal(signer_ask(&l, 0, KEY_ECDSA, in, 31, out), -1);
	assert_int_equal(signer_ask(&l, 0, KEY_RSA_PSS, in, DIGEST, out), -1);
	assert_false(l.dead);
	close(l.fd);
	end(&s);
}

/*
 * A worker that asks and never reads the answers: its line is closed, and
 * the others are answered as before.
 */
static void
deaf_asker(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	int			 deaf = signer_new_line(&s, NULL), i;
	uint32_t		 q[4 + DIGEST / 4] = { 1, 9, 1, DIGEST };
	uint8_t			 in[DIGEST] = { 7 }, out[KEY_MESSAGE_MAX];
	struct timeval		 tv = { 2, 0 };

	(void)state;
	assert_int_equal(setsockopt(deaf, SOL_SOCKET, SO_SNDTIMEO, &tv,
	    sizeof(tv)), 0);
	for (i = 0; i < QUESTIONS; i++)
		if (send(deaf, q, sizeof(q), MSG_NOSIGNAL) == -1)
			break;
	assert_true(i < QUESTIONS);
	assert_true(signer_ask(&l, 0, KEY_ECDSA, in, DIGEST, out) > 60);
	close(deaf);
	close(l.fd);
	end(&s);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(signs), cmocka_unit_test(deaf_asker),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
