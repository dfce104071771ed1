/* SPDX-License-Identifier: ISC */
/* The signer, asked by honest workers and by one that somebody broke into. */
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/sandbox.h"
#include "lib/test.h"
#include "net/question.h"
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

static ssize_t
ask(struct signer_line *l, unsigned key, unsigned form, unsigned scheme,
    const uint8_t *in, size_t len, uint8_t *out)
{
	struct sign_ask	 a = { form, scheme, in, len };

	return signer_ask(l, key, &a, out);
}

/* Is it the key's signature of these bytes? */
static int
is_of(const uint8_t *sig, ssize_t n, const uint8_t *in, size_t len)
{
	BIO		*bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY	*key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
	EVP_MD_CTX	*ctx = EVP_MD_CTX_new();
	int		 rv;

	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL,
	    key), 1);
	rv = n > 0 && EVP_DigestVerify(ctx, sig, (size_t)n, in, len) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	BIO_free(bio);
	return rv;
}

static void
signs(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 in[64] = { 7 }, out[KEY_MESSAGE_MAX];
	uint8_t			 whole[98 + 32] = { 0 };
	ssize_t			 n;

	(void)state;
	/* A hash is never signed itself: the frame is put before it. */
	n = ask(&l, 0, SIGN_TLS13, 0x0403, in, 32, out);
	assert_true(n > 60);
	memset(whole, ' ', 64);
	memcpy(whole + 64, "TLS 1.3, server CertificateVerify", 34);
	memcpy(whole + 98, in, 32);
	assert_true(is_of(out, n, whole, sizeof(whole)));
	assert_false(is_of(out, n, in, 32));
	assert_true(ask(&l, 0, SIGN_TLS13, 0x0403, in, 48, out) > 60);
	/* No such key, curve, kind of key, scheme, length, form. */
	assert_int_equal(ask(&l, 1, SIGN_TLS13, 0x0403, in, 32, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_TLS13, 0x0503, in, 48, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_TLS13, 0x0804, in, 32, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_TLS13, 0x0203, in, 32, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_TLS13, 0x0403, in, 31, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_TLS13, 0x0403, in, 64, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_DIGEST, 0x0403, in, 32, out), -1);
	assert_int_equal(ask(&l, 0, SIGN_BLOCK, 0x0804, in, 32, out), -1);
	assert_int_equal(ask(&l, 0, 0, 0x0403, in, 32, out), -1);
	assert_false(l.dead);
	close(l.fd);
	end(&s);
}

/* The form of TLS 1.2: only what our libssl says there. */
static void
signs_12(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 in[64 + 4 + 65] = { 7 };
	uint8_t			 out[KEY_MESSAGE_MAX];
	ssize_t			 n;

	(void)state;
	memcpy(in + 64, "\3\0\27\101\4", 5);		/* P-256 */
	assert_int_equal(ask(&l, 0, SIGN_TLS12, 0x0403, in, sizeof(in), out),
	    -1);
	memcpy(in + 56, "DOWNGRD\1", 8);
	n = ask(&l, 0, SIGN_TLS12, 0x0403, in, sizeof(in), out);
	assert_true(is_of(out, n, in, sizeof(in)));
	/* There a curve may be used with another digest. */
	assert_true(ask(&l, 0, SIGN_TLS12, 0x0503, in, sizeof(in), out) > 60);
	assert_int_equal(ask(&l, 0, SIGN_TLS12, 0x0403, in, sizeof(in) - 1,
	    out), -1);
	close(l.fd);
	end(&s);
}

/* One that never stops asking: no more than it may, and others go on. */
static void
greedy(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	struct signer_line	 other = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 in[DIGEST] = { 7 }, out[KEY_MESSAGE_MAX];
	uint64_t		 begun = clock_mono_ms(), ms;
	long			 i;

	(void)state;
	for (i = 0; clock_mono_ms() < begun + 1500; i++)
		ask(&l, 0, SIGN_DIGEST, 0x0403, in, DIGEST, out);
	ms = clock_mono_ms() - begun;
	if (i > 2000 + 10 * (long)ms + 20)
		fail_msg("%ld answers in %ld ms", i, (long)ms);
	assert_true(ask(&other, 0, SIGN_TLS13, 0x0403, in, DIGEST, out) > 60);
	close(l.fd);
	close(other.fd);
	end(&s);
}

/* A message of n questions, the k-th for another hash. */
static size_t
message(uint8_t *msg, uint32_t first, unsigned n)
{
	uint8_t		 in[DIGEST] = { 7 };
	struct question	 q = { 0, 0, { SIGN_TLS13, 0x0403, in, DIGEST } };
	size_t		 len = 0;
	unsigned	 i;

	for (i = 0; i < n; i++) {
		in[1] = (uint8_t)i;
		q.number = first + i;
		len += question_add(msg, len, &q);
	}
	return len;
}

/* Several questions in one message have their answers in one. */
static void
together(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 msg[QUESTION_MESSAGE_MAX];
	uint8_t			 whole[98 + DIGEST] = { 0 };
	struct told		 t;
	size_t			 at = 0, took;
	ssize_t			 n;
	unsigned		 i;

	(void)state;
	memset(whole, ' ', 64);
	memcpy(whole + 64, "TLS 1.3, server CertificateVerify", 34);
	whole[98] = 7;
	n = (ssize_t)message(msg, 40, QUESTIONS_MAX);
	msg[3 * (QUESTION_HEAD + DIGEST) + 4] = 9;	/* no such key */
	assert_int_equal(signer_send(&l, msg, (size_t)n), 0);
	n = signer_hear(&l, msg, 1);
	assert_true(n > 0);
	for (i = 0; i < QUESTIONS_MAX; i++) {
		took = told_next(msg + at, (size_t)n - at, &t);
		assert_true(took > 0);
		assert_int_equal(t.number, 40 + i);
		whole[99] = (uint8_t)i;
		if (i == 3)
			assert_int_equal(t.len, -1);
		else
			assert_true(is_of(t.data, t.len, whole,
			    sizeof(whole)));
		at += took;
	}
	assert_int_equal(at, n);
	assert_int_equal(signer_hear(&l, msg, 0), -1);
	assert_false(l.dead);
	close(l.fd);
	end(&s);
}

/* What no worker sends: its line is closed, and the others go on. */
static void
malformed(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 good = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 msg[2 * QUESTION_MESSAGE_MAX];
	uint8_t			 in[DIGEST] = { 7 }, out[KEY_MESSAGE_MAX];
	size_t			 len;
	int			 i;

	(void)state;
	for (i = 0; i < 5; i++) {
		struct signer_line	 l = { signer_new_line(&s, NULL), 0,
					    0 };

		len = message(msg, 1, i == 0 ? QUESTIONS_MAX + 1 : 2);
		if (i == 1)		/* the last byte is missing */
			len--;
		else if (i == 2)	/* one too many */
			msg[len++] = 0;
		else if (i == 3)	/* longer than the message */
			memset(msg + QUESTION_HEAD + DIGEST + 16, 0xff, 4);
		else if (i == 4)	/* empty */
			memset(msg + 16, 0, 4);
		assert_int_equal(signer_send(&l, msg, len), 0);
		assert_int_equal(signer_hear(&l, msg, 1), -1);
		assert_true(l.dead);
		close(l.fd);
		assert_true(ask(&good, 0, SIGN_TLS13, 0x0403, in, DIGEST,
		    out) > 60);
	}
	close(good.fd);
	end(&s);
}

/* Asking for many at once does not get more of them. */
static void
greedy_together(void **state)
{
	struct signer		 s = begin();
	struct signer_line	 l = { signer_new_line(&s, NULL), 0, 0 };
	uint8_t			 msg[QUESTION_MESSAGE_MAX];
	uint64_t		 begun = clock_mono_ms(), ms;
	size_t			 len;
	long			 i;

	(void)state;
	for (i = 0; clock_mono_ms() < begun + 1500; i += QUESTIONS_MAX) {
		for (len = 0; len < QUESTIONS_MAX * (QUESTION_HEAD + 1);)
			len += question_add(msg, len, &(struct question){
			    (uint32_t)i, 9, { SIGN_TLS13, 0x0403,
			    (const uint8_t *)"x", 1 } });
		assert_int_equal(signer_send(&l, msg, len), 0);
		assert_true(signer_hear(&l, msg, 1) > 0);
	}
	ms = clock_mono_ms() - begun;
	if (i > 2000 + 10 * (long)ms + 40)
		fail_msg("%ld answers in %ld ms", i, (long)ms);
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
	uint32_t		 q[5 + DIGEST / 4] = { 1, 9, SIGN_TLS13,
				    0x0403, DIGEST };
	uint8_t			 in[DIGEST] = { 7 }, out[KEY_MESSAGE_MAX];
	struct timeval		 tv = { 2, 0 };

	(void)state;
	assert_int_equal(setsockopt(deaf, SOL_SOCKET, SO_SNDTIMEO, &tv,
	    sizeof(tv)), 0);
	for (i = 0; i < QUESTIONS; i++)
		if (send(deaf, q, sizeof(q), MSG_NOSIGNAL) == -1)
			break;
	assert_true(i < QUESTIONS);
	assert_true(ask(&l, 0, SIGN_TLS13, 0x0403, in, DIGEST, out) > 60);
	close(deaf);
	close(l.fd);
	end(&s);
}

int
main(void)
{
	static const struct CMUnitTest	 t[] = {
		cmocka_unit_test(signs), cmocka_unit_test(signs_12),
		cmocka_unit_test(together), cmocka_unit_test(malformed),
		cmocka_unit_test(greedy), cmocka_unit_test(greedy_together),
		cmocka_unit_test(deaf_asker),
	};

	return cmocka_run_group_tests(t, NULL, NULL);
}
